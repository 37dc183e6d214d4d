package io.penstock.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that stays open answers every request, however early the request comes (RFC 9112, section 9.3.2). */
@Timeout(60)
class KeepAliveIT {

    @RegisterExtension
    static final Served SERVED = new Served(ModelApi.builder().records(300));

    private static final int LIMIT = 10_000; // milliseconds
    private static final String LATE = "GET /_truth";
    private static final String KEY = "X-Api-Key: demo-key\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health",
                "GET /nowhere",
                "GET /_truth",
                "GET /v1/customers?per_page=5",
                "GET /v1/customers/cus_000000001",
                "GET /v1/customers/nobody",
                "GET /v1/orders?limit=0",
                "GET /v1/orders?updated_since=2024-01-01T00:00:00Z",
                "POST /graphql",
                "DELETE /v1/orders"
            })
    void aRequestThatWaitedBehindAnotherDoesNotSilenceItsConnection(String early) throws IOException {
        assertThat(statuses(early, KEY)).startsWith(200).endsWith(200).hasSize(3);
        assertThat(statuses(early, "")).startsWith(200).endsWith(200).hasSize(3); // most of them refused
    }

    @Test
    void nothingChangedIsSaidWithoutSilencingTheConnection() throws IOException {
        String tag = Client.send(new Client(SERVED.api, 1).get("/v1/invoices?limit=5"))
                .headers()
                .firstValue("ETag")
                .orElseThrow();
        assertThat(statuses("GET /v1/invoices?limit=5", KEY + "If-None-Match: " + tag + "\r\n"))
                .containsExactly(200, 304, 200);
    }

    @Test
    void aRefusalOfTheLimiterDoesNotSilenceTheConnection() throws IOException {
        try (ModelApi api = ModelApi.builder()
                        .records(300)
                        .limit(1, Duration.ofHours(1))
                        .build()
                        .start();
                Socket socket = socket(api)) {
            socket.getOutputStream().write(ascii(request("GET /v1/orders", KEY)));
            assertThat(answer(socket.getInputStream())).isEqualTo(200);
            assertThat(statuses(socket, "GET /v1/orders", KEY)).containsExactly(200, 429, 200);
        }
    }

    @Test
    void manyRequestsAtOnceAreAllAnsweredInOrder() throws IOException {
        try (Socket socket = socket(SERVED.api)) {
            String pair = request(LATE, "") + request("GET /nowhere", "");
            socket.getOutputStream().write(ascii(pair.repeat(50)));
            for (int at = 0; at < 50; at++) {
                assertThat(answer(socket.getInputStream())).isEqualTo(200);
                assertThat(answer(socket.getInputStream())).isEqualTo(404);
            }
        }
    }

    private static List<Integer> statuses(String early, String fields) throws IOException {
        try (Socket socket = socket(SERVED.api)) {
            return statuses(socket, early, fields);
        }
    }

    /** Asks {@code early} before the answer to another request is there, and a third time when both are. */
    private static List<Integer> statuses(Socket socket, String early, String fields) throws IOException {
        socket.getOutputStream().write(ascii(request(LATE, "") + request(early, fields)));
        int first = answer(socket.getInputStream());
        int second = answer(socket.getInputStream());
        socket.getOutputStream().write(ascii(request("GET /health", "")));
        return List.of(first, second, answer(socket.getInputStream()));
    }

    private static Socket socket(ModelApi api) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
        socket.setSoTimeout(LIMIT);
        return socket;
    }

    private static String request(String line, String fields) {
        String body = line.startsWith("POST") ? "{\"query\":\"{ products { pageInfo { hasNextPage } } }\"}" : "";
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        return line + " HTTP/1.1\r\nHost: " + SERVED.api.baseUrl().substring(7) + "\r\n" + fields + length + "\r\n"
                + body;
    }

    private static int answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("%s", head).isNotNegative();
            head.append((char) next);
        }
        int length = head.toString()
                .lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).trim()))
                .findFirst()
                .orElse(0);
        assertThat(in.readNBytes(length)).hasSize(length);
        return Integer.parseInt(head.substring(9, 12));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
