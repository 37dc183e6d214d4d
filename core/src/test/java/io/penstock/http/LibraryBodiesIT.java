package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;

/**
 * What the HTTP library makes of bodies and head sections by itself, so that an upgrade that changes it is seen. Takes two seconds.
 */
class LibraryBodiesIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final HttpTransport TRANSPORT = HttpTransport.builder().build();

    @AfterAll
    static void close() {
        TRANSPORT.close();
    }

    private static Throwable ours(RawServer server) {
        return TRANSPORT
                .send(ApiRequest.of(Method.GET, server.url("/")))
                .then()
                .materialize()
                .block(LIMIT)
                .getThrowable();
    }

    /** How many bytes of a body the library delivers before it calls it a success. */
    private static long delivered(RawServer server) {
        return HttpClient.create()
                .compress(true)
                .get()
                .uri(server.url("/"))
                .responseContent()
                .map(buffer -> (long) buffer.readableBytes())
                .reduce(0L, Long::sum)
                .block(LIMIT);
    }

    @Test
    void theLibraryMakesAnEmptySuccessOfAPlainBodyThatIsDeclaredGzip() {
        byte[] plain = Answers.ok(Answers.utf8("{\"a\":1}"), "Content-Encoding: gzip");
        try (RawServer server = RawServer.start(talk -> {
            talk.request();
            talk.send(plain);
        })) {
            assertThat(delivered(server)).isZero();
            assertThat(ours(server)).isInstanceOf(ProtocolError.class);
        }
    }

    @Test
    void theLibraryInflatesWithoutAnyLimit() {
        int zeros = 40 << 20;
        byte[] bomb = Answers.gzip(new byte[zeros]);
        assertThat(bomb).hasSizeLessThan(zeros / 500);
        try (RawServer server = RawServer.answering(Answers.ok(bomb, "Content-Encoding: gzip"))) {
            assertThat(delivered(server)).isEqualTo(zeros);
        }
    }

    @Test
    void theLibrarysTimeLimitOfAnAnswerBeginsAnewWithEachRead() {
        AtomicReference<Object> handler = new AtomicReference<>();
        try (RawServer server = RawServer.answering(Answers.ok("{}"))) {
            HttpClient.create()
                    .responseTimeout(Duration.ofMillis(20_500))
                    .doOnResponse((response, connection) ->
                            handler.set(connection.channel().pipeline().get(NettyPipeline.ResponseTimeoutHandler)))
                    .get()
                    .uri(server.url("/"))
                    .responseContent()
                    .aggregate()
                    .block(LIMIT);
        }
        assertThat(handler.get())
                .as("what limits the answer is a limit of single reads")
                .isInstanceOf(ReadTimeoutHandler.class);
        EmbeddedChannel channel = EmbeddedChannel.builder()
                .handlers(new ReadTimeoutHandler(500, TimeUnit.MILLISECONDS))
                .build();
        channel.freezeTime();
        for (int i = 0; i < 100; i++) {
            channel.advanceTimeBy(300, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            channel.writeInbound("one byte");
        }
        channel.checkException();
        assertThat(channel.isOpen()).as("after 30 s of dribbling").isTrue();
        channel.advanceTimeBy(501, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(channel::checkException))
                .isInstanceOf(ReadTimeoutException.class);
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(ints = {7 * 1024, 9 * 1024})
    void theLibraryRefusesHeadersOfMoreThanEightKibibytes(int length) {
        byte[] large = Answers.ok(Answers.utf8("{}"), "X-Large: " + "a".repeat(length));
        try (RawServer server = RawServer.start(talk -> {
            talk.request();
            talk.send(large);
        })) {
            Throwable failure = HttpClient.create()
                    .get()
                    .uri(server.url("/"))
                    .response()
                    .materialize()
                    .block(LIMIT)
                    .getThrowable();
            if (length < 8 * 1024) {
                assertThat(failure).isNull();
            } else {
                assertThat(failure).hasStackTraceContaining("8192");
            }
            assertThat(ours(server)).as("ours are set to more").isNull();
        }
    }

    @Test
    void theLibraryRefusesAStatusLineOfMoreThanFourKibibytes() {
        try (RawServer server = RawServer.start(talk -> {
            talk.request();
            talk.send("HTTP/1.1 200 " + "K".repeat(5 * 1024) + "\r\nContent-Length: 0\r\n\r\n");
        })) {
            assertThat(HttpClient.create()
                            .get()
                            .uri(server.url("/"))
                            .response()
                            .materialize()
                            .block(LIMIT)
                            .getThrowable())
                    .hasStackTraceContaining("4096");
        }
    }
}
