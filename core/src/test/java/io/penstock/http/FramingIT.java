package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.error.PenstockException;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.http.HttpLimits.Limit;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramingIT {

    private static final Duration TIME = Duration.ofSeconds(20);
    private static final HttpTransport TRANSPORT = HttpTransport.builder().build();

    @AfterAll
    static void close() {
        TRANSPORT.close();
    }

    private static Object outcome(byte[] answer) {
        return outcome(TRANSPORT, Method.GET, answer);
    }

    private static Object outcome(Transport transport, Method method, byte[] answer) {
        try (RawServer server = RawServer.answering(answer)) {
            List<ResponsePart> parts = transport
                    .send(ApiRequest.of(method, server.url("/x")))
                    .collectList()
                    .block(TIME);
            assertThat(((Chunk) parts.get(parts.size() - 1)).last()).isTrue();
            return new String(((Chunk) parts.get(1)).bytes(), StandardCharsets.UTF_8);
        } catch (PenstockException failed) {
            return failed;
        }
    }

    static Stream<Arguments> faults() {
        byte[] json = Answers.utf8("{\"a\":1}");
        byte[] zipped = Answers.gzip(json);
        String gzip = "Content-Encoding: gzip";
        return Stream.of(
                fault(
                        "H1 more announced than sent",
                        "HTTP/1.1 200 OK\nContent-Length: 9",
                        json,
                        TruncatedResponse.class),
                fault(
                        "H3 length and chunks",
                        "HTTP/1.1 200 OK\nContent-Length: 7\nTransfer-Encoding: chunked",
                        Answers.utf8("7\r\n{\"a\":1}\r\n0\r\n\r\n"),
                        ProtocolError.class),
                fault(
                        "H3 two lengths",
                        "HTTP/1.1 200 OK\nContent-Length: 7\nContent-Length: 6",
                        json,
                        ProtocolError.class),
                fault("H3 no length", "HTTP/1.1 200 OK\nContent-Length: x7", json, ProtocolError.class),
                fault("H3 negative length", "HTTP/1.1 200 OK\nContent-Length: -7", json, ProtocolError.class),
                fault(
                        "H3 bad chunk size",
                        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked",
                        Answers.utf8("zz\r\n{\"a\":1}\r\n0\r\n\r\n"),
                        ProtocolError.class),
                fault(
                        "H3 negative chunk size",
                        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked",
                        Answers.utf8("-7\r\n{\"a\":1}\r\n0\r\n\r\n"),
                        ProtocolError.class),
                fault(
                        "H4 no last chunk",
                        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked",
                        Answers.utf8("7\r\n{\"a\":1}\r\n"),
                        TruncatedResponse.class),
                fault(
                        "coding that is no chunking",
                        "HTTP/1.1 200 OK\nTransfer-Encoding: gzip, chunked",
                        Answers.utf8("0\r\n\r\n"),
                        ProtocolError.class),
                fault("H7 plain body", "HTTP/1.1 200 OK\nContent-Length: 7\n" + gzip, json, ProtocolError.class),
                fault(
                        "H8 unknown",
                        "HTTP/1.1 200 OK\nContent-Length: 7\nContent-Encoding: br",
                        json,
                        ProtocolError.class),
                fault(
                        "H9 nested",
                        "HTTP/1.1 200 OK\nContent-Length: 7\nContent-Encoding: gzip, gzip",
                        json,
                        LimitExceeded.class),
                fault(
                        "bytes behind the gzip body",
                        "HTTP/1.1 200 OK\nContent-Length: " + (zipped.length + 3) + "\n" + gzip,
                        Answers.join(zipped, Answers.utf8("xyz")),
                        ProtocolError.class),
                fault("H11 a part", "HTTP/1.1 206 Partial Content\nContent-Length: 7", json, ProtocolError.class),
                fault(
                        "H13 charset",
                        "HTTP/1.1 200 OK\nContent-Length: 7\nContent-Type: application/json; charset=windows-1252",
                        json,
                        MalformedPayload.class),
                fault("not HTTP", "SSH-2.0-OpenSSH_9.2", json, ProtocolError.class),
                fault("switching", "HTTP/1.1 101 Switching Protocols\nUpgrade: x", json, ProtocolError.class),
                fault(
                        "N14 interim without end",
                        "HTTP/1.1 103 Early Hints\n".repeat(1),
                        interim(17),
                        ProtocolError.class),
                fault("H10 long line", "HTTP/1.1 200 OK\nX: " + "a".repeat(17 << 10), json, LimitExceeded.class),
                fault("H10 large block", "HTTP/1.1 200 OK" + lines(5, 15 << 10), json, LimitExceeded.class),
                fault("H10 many fields", "HTTP/1.1 200 OK" + lines(201, 3), json, LimitExceeded.class),
                fault("H12 too large", "HTTP/1.1 200 OK\nContent-Length: 99999999999", json, LimitExceeded.class));
    }

    private static Arguments fault(String name, String head, byte[] body, Class<?> expected) {
        return Arguments.of(name, Answers.of(head, body), expected);
    }

    private static byte[] interim(int count) {
        return Answers.utf8("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(count));
    }

    private static String lines(int count, int size) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("\nX-").append(i).append(": ").append("v".repeat(size));
        }
        return lines.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultBecomesItsType(String name, byte[] answer, Class<?> expected) {
        assertThat(outcome(answer)).isInstanceOf(expected);
        assertThat(((PenstockException) outcome(answer)).getMessage())
                .contains("/x")
                .doesNotContain("\n");
    }

    @Test
    void interimAnswersArePassedOver() {
        byte[] answer = Answers.join(interim(16), Answers.ok("{\"a\":1}"));
        assertThat(outcome(answer)).isEqualTo("{\"a\":1}");
        assertThat(outcome(Answers.join(interim(17), Answers.ok("{\"a\":1}")))).isInstanceOf(ProtocolError.class);
        assertThat(outcome(Answers.join(Answers.utf8("HTTP/1.1 100 Continue\r\n\r\n"), Answers.ok("[]"))))
                .isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 205, 304})
    void anAnswerWithoutBodyHasNone(int status) {
        assertThat(outcome(Answers.of("HTTP/1.1 " + status + " X\nContent-Length: 2", Answers.utf8("{}"))))
                .isEqualTo("");
        assertThat(outcome(Answers.of("HTTP/1.1 " + status + " X", new byte[0])))
                .isEqualTo("");
    }

    @Test
    void aHeadAnswerAnnouncesABodyThatDoesNotCome() {
        byte[] answer = Answers.of("HTTP/1.1 200 OK\nContent-Length: 700\nContent-Encoding: gzip", new byte[0]);
        assertThat(outcome(TRANSPORT, Method.HEAD, answer)).isEqualTo("");
    }

    @Test
    void manyFieldsWithinTheLimitAreFine() {
        byte[] answer = Answers.of("HTTP/1.1 200 OK" + lines(199, 3) + "\nContent-Length: 2", Answers.utf8("{}"));
        assertThat(outcome(answer)).isEqualTo("{}");
    }

    @Test
    void latin1BecomesUtf8() {
        byte[] latin1 = "{\"n\":\"Grüße\"}".getBytes(StandardCharsets.ISO_8859_1);
        String type = "Content-Type: application/json; charset=ISO-8859-1";
        for (byte[] answer : List.of(
                Answers.of("HTTP/1.1 200 OK\n" + type + "\nContent-Length: " + latin1.length, latin1),
                Answers.chunked(Answers.gzip(latin1), 5, type, "Content-Encoding: gzip"))) {
            assertThat(outcome(answer)).isEqualTo("{\"n\":\"Grüße\"}");
        }
        byte[] utf8 = Answers.utf8("{\"n\":\"ü\"}");
        assertThat(outcome(Answers.of(
                        "HTTP/1.1 200 OK\nContent-Type: text/json; charset=\"UTF-8\"\nContent-Length: " + utf8.length,
                        utf8)))
                .isEqualTo("{\"n\":\"ü\"}");
    }

    @Test
    void severalGzipMembersAreOneBody() throws IOException {
        byte[] two = Answers.join(Answers.gzip(Answers.utf8("{\"a\":")), Answers.gzip(Answers.utf8("1}")));
        assertThat(outcome(Answers.ok(two, "Content-Encoding: gzip"))).isEqualTo("{\"a\":1}");
    }

    @Test
    void anErrorAnswerIsToldByItsStatusWhateverItsBodyIs() {
        byte[] plain = Answers.utf8("<h1>busy</h1>");
        for (String field : List.of(
                "Content-Encoding: gzip", "Content-Encoding: br", "Content-Type: text/html; charset=windows-1252")) {
            byte[] answer = Answers.of(
                    "HTTP/1.1 503 Busy\nRetry-After: 3\n" + field + "\nContent-Length: " + plain.length, plain);
            try (RawServer server = RawServer.answering(answer)) {
                List<ResponsePart> parts = TRANSPORT
                        .send(ApiRequest.of(Method.GET, server.url("/x")))
                        .collectList()
                        .block(TIME);
                assertThat(((Head) parts.get(0)).status()).isEqualTo(503);
                assertThat(((Head) parts.get(0)).headers().first("retry-after")).contains("3");
                assertThat(((Chunk) parts.get(1)).bytes()).isEmpty();
            }
        }
    }

    @Test
    void aDecompressionBombIsStoppedByItsRatio() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                gzip.write(zeros);
            }
        }
        byte[] answer = Answers.ok(bomb.toByteArray(), "Content-Encoding: gzip");
        assertThat(outcome(answer))
                .isInstanceOfSatisfying(
                        LimitExceeded.class, error -> assertThat(error).hasMessageContaining("inflate_ratio"));
        HttpLimits loose = HttpLimits.DEFAULT.with(Limit.INFLATE_RATIO, 5000).with(Limit.INFLATED_BYTES, 3 << 20);
        HttpTransport other = HttpTransport.builder().limits(loose).build();
        assertThat(outcome(other, Method.GET, answer))
                .isInstanceOfSatisfying(
                        LimitExceeded.class, error -> assertThat(error).hasMessageContaining("inflated_bytes"));
        other.close();
    }

    @Test
    void theWireLimitHoldsForBodiesWithoutLength() {
        HttpLimits limits = HttpLimits.DEFAULT.with(Limit.WIRE_BYTES, 100);
        HttpTransport small = HttpTransport.builder().limits(limits).build();
        assertThat(outcome(small, Method.GET, Answers.chunked(new byte[100], 30)))
                .isInstanceOf(String.class);
        assertThat(outcome(small, Method.GET, Answers.chunked(new byte[101], 30)))
                .isInstanceOf(LimitExceeded.class);
        small.close();
    }
}
