package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.error.PenstockException;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;

/** Recorded answers, cut at every byte: the exact page or a typed failure, never less than the page. */
class TruncationIT {

    private static final byte[] PAGE = page();
    private static final HttpTransport TRANSPORT = HttpTransport.builder().build();

    private static byte[] page() {
        StringBuilder page = new StringBuilder("{\"data\":[");
        for (int i = 0; i < 6; i++) {
            page.append(i == 0 ? "" : ",")
                    .append("{\"id\":")
                    .append(i)
                    .append(",\"name\":\"Größe ")
                    .append(i * 7919)
                    .append("\"}");
        }
        return page.append("],\"has_next\":false}").toString().getBytes(StandardCharsets.UTF_8);
    }

    @AfterAll
    static void close() {
        TRANSPORT.close();
    }

    static Stream<Arguments> recorded() {
        byte[] zipped = Answers.gzip(PAGE);
        return Stream.of(
                Arguments.of("identity", Answers.ok(PAGE)),
                Arguments.of("chunked", Answers.chunked(PAGE, 50, "Trailer: X-Sum")),
                Arguments.of("gzip", Answers.ok(zipped, "Content-Encoding: gzip")),
                Arguments.of("gzip, chunked", Answers.chunked(zipped, 40, "Content-Encoding: gzip")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recorded")
    void aCutAnswerIsNeverASuccess(String name, byte[] whole) {
        for (boolean reset : List.of(false, true)) {
            AtomicInteger cut = new AtomicInteger();
            try (RawServer server = RawServer.start(talk -> {
                talk.request();
                talk.send(Arrays.copyOf(whole, cut.get()));
                if (reset) {
                    talk.reset();
                }
            })) {
                for (int at = 0; at < whole.length; at++) {
                    cut.set(at);
                    assertThat(outcome(server))
                            .as("%s cut at %d of %d", name, at, whole.length)
                            .isInstanceOfAny(TruncatedResponse.class, NetworkError.class);
                }
            }
        }
        try (RawServer server = RawServer.answering(whole)) {
            assertThat(outcome(server)).isEqualTo(new String(PAGE, StandardCharsets.UTF_8));
        }
    }

    /** The length matches what is sent, so only the compressed stream itself can tell. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("compressed")
    void aCutCompressedStreamIsNeverASuccess(String name, byte[] zipped) {
        for (int at = 0; at < zipped.length; at++) {
            try (RawServer server =
                    RawServer.answering(Answers.ok(Arrays.copyOf(zipped, at), "Content-Encoding: gzip"))) {
                assertThat(outcome(server))
                        .as("%s cut at %d of %d", name, at, zipped.length)
                        .isInstanceOf(TruncatedResponse.class);
            }
        }
    }

    static Stream<Arguments> compressed() {
        return Stream.of(Arguments.of("gzip", Answers.gzip(PAGE)));
    }

    /** Nothing frames this body but the end of the connection: that is told, so that the document decides. */
    @ParameterizedTest
    @MethodSource("everyTenth")
    void aBodyThatEndsAtCloseIsMarkedAsUnframed(int cut) {
        byte[] bytes = Arrays.copyOf(PAGE, cut);
        try (RawServer server = RawServer.answering(Answers.of("HTTP/1.1 200 OK\nConnection: close", bytes))) {
            List<ResponsePart> parts = send(server).collectList().block(Duration.ofSeconds(10));
            assertThat(((Head) parts.get(0)).framed()).isFalse();
            assertThat(((Chunk) parts.get(1)).bytes()).isEqualTo(bytes);
        }
    }

    static Stream<Integer> everyTenth() {
        return Stream.iterate(0, cut -> cut < PAGE.length, cut -> cut + 50);
    }

    @ParameterizedTest
    @MethodSource("flips")
    void aFlippedBitInACompressedBodyIsNeverASuccess(int at) {
        byte[] zipped = Answers.gzip(PAGE);
        zipped[at] ^= 0x10;
        try (RawServer server = RawServer.answering(Answers.ok(zipped, "Content-Encoding: gzip"))) {
            assertThat(outcome(server))
                    .isInstanceOfAny(ProtocolError.class, TruncatedResponse.class, MalformedPayload.class);
        }
    }

    /** All of the stream behind the header, whose time stamp and system nothing protects. */
    static Stream<Integer> flips() {
        return Stream.iterate(10, at -> at < Answers.gzip(PAGE).length, at -> at + 3);
    }

    private static Flux<ResponsePart> send(RawServer server) {
        return TRANSPORT.send(ApiRequest.of(Method.GET, server.url("/v1/customers")));
    }

    private static Object outcome(RawServer server) {
        try {
            List<ResponsePart> parts = send(server).collectList().block(Duration.ofSeconds(10));
            assertThat(parts).hasSize(2);
            return new String(((Chunk) parts.get(1)).bytes(), StandardCharsets.UTF_8);
        } catch (PenstockException failed) {
            return failed;
        }
    }
}
