package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.AccessDenied.BlockedDestination;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;

/**
 * What the HTTP library does by itself and this transport is built around, so that an upgrade that changes it is seen; and that
 * the transport does otherwise.
 */
class LibraryBehaviourIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final HttpTransport TRANSPORT = HttpTransport.builder().build();

    @AfterAll
    static void close() {
        TRANSPORT.close();
    }

    private static Throwable ours(ApiRequest request) {
        return TRANSPORT.send(request).then().materialize().block(LIMIT).getThrowable();
    }

    @Test
    void theLibraryTakesACutGzipBodyForAWholeOne() {
        byte[] zipped = Answers.gzip(Answers.utf8("{\"a\":\"" + "b".repeat(1000) + "\"}"));
        byte[] cut = java.util.Arrays.copyOf(zipped, zipped.length - 8);
        try (RawServer server = RawServer.answering(Answers.ok(cut, "Content-Encoding: gzip"))) {
            String body = HttpClient.create()
                    .compress(true)
                    .get()
                    .uri(server.url("/"))
                    .responseContent()
                    .aggregate()
                    .asString()
                    .block(LIMIT);
            assertThat(body).hasSize(1008);
            assertThat(ours(ApiRequest.of(Method.GET, server.url("/")))).isNotNull();
        }
    }

    @Test
    void noLineBreakReachesTheWire() {
        assertThatThrownBy(() -> URI.create("http://h/a\r\nX: y")).isInstanceOf(IllegalArgumentException.class);
        ApiRequest request = ApiRequest.of(Method.GET, URI.create("http://h/a"));
        for (String value : new String[] {"a\r\nX: y", "a\nb", "a\rb", "a\0b", " a"}) {
            assertThatThrownBy(() -> request.header("X-A", value)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> request.body(value, new byte[1])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> request.header("X" + value, "a")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(request.query("q", "a\r\nb").url()).hasToString("http://h/a?q=a%0D%0Ab");
    }

    @Test
    void everyRequestIsSentOnceEvenOnAConnectionThatDied() {
        AtomicInteger requests = new AtomicInteger();
        try (RawServer server = RawServer.start(talk -> {
            talk.request();
            requests.incrementAndGet();
            talk.reset();
        })) {
            assertThat(ours(ApiRequest.of(Method.POST, server.url("/pay")))).isNotNull();
            assertThat(requests).hasValue(1);
        }
    }

    @Test
    void redirectsAreAnAnswerLikeAnyOther() {
        try (RawServer server = RawServer.answering(
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(TRANSPORT
                            .send(ApiRequest.of(Method.GET, server.url("/")))
                            .count()
                            .block(LIMIT))
                    .isEqualTo(2);
        }
    }

    @Test
    void everyResolvedAddressOfADerivedUrlIsJudgedBeforeItIsConnectedTo() {
        try (RawServer server = RawServer.answering(Answers.ok("{}"))) {
            for (String host : new String[] {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"}) {
                URI url = URI.create("http://" + host + ":" + server.port() + "/next");
                assertThat(ours(ApiRequest.of(Method.GET, url).derived()))
                        .as(host)
                        .isInstanceOf(BlockedDestination.class);
            }
            assertThat(server.connections()).isZero();
            ApiRequest typed =
                    ApiRequest.of(Method.GET, server.url("/next")).derived().trusted();
            assertThat(ours(typed)).isNull();
            assertThat(ours(ApiRequest.of(Method.GET, server.url("/next")).derived()))
                    .isInstanceOf(BlockedDestination.class);
        }
    }
}
