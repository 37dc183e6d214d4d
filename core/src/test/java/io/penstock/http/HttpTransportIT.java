package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.error.PenstockException;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.NetworkError.Step;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.http.HttpLimits.Limit;
import io.penstock.http.Timeouts.Wait;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class HttpTransportIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final HttpTransport TRANSPORT = HttpTransport.builder().build();

    @AfterAll
    static void close() {
        TRANSPORT.close();
    }

    private static ApiRequest get(RawServer server) {
        return ApiRequest.of(Method.GET, server.url("/v1/things?page=1"));
    }

    private static List<ResponsePart> parts(Flux<ResponsePart> answer) {
        return answer.collectList().block(LIMIT);
    }

    private static Throwable failure(Flux<ResponsePart> answer) {
        return answer.then().materialize().block(LIMIT).getThrowable();
    }

    @Test
    void givesTheHeadThenTheWholeBodyAsOneChunk() {
        try (RawServer server = RawServer.answering(Answers.ok("{\"a\":1}"))) {
            List<ResponsePart> parts = parts(TRANSPORT.send(get(server)));
            assertThat(parts).hasSize(2);
            Head head = (Head) parts.get(0);
            Chunk chunk = (Chunk) parts.get(1);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.framed()).isTrue();
            assertThat(head.headers().mediaType()).isEqualTo("application/json");
            assertThat(new String(chunk.bytes(), StandardCharsets.UTF_8)).isEqualTo("{\"a\":1}");
            assertThat(chunk.last()).isTrue();
        }
    }

    @Test
    void sendsItsOwnFieldsWithEveryRequest() {
        try (RawServer server = RawServer.answering(Answers.ok("{}"))) {
            Head head = (Head) parts(TRANSPORT.send(get(server))).get(0);
            String sent = server.requests().get(0);
            assertThat(sent)
                    .startsWith("GET /v1/things?page=1 HTTP/1.1\r\n")
                    .containsIgnoringCase("x-request-id: " + head.requestId())
                    .containsIgnoringCase("accept: application/json")
                    .containsIgnoringCase("accept-encoding: gzip\r\n")
                    .containsIgnoringCase("host: 127.0.0.1:" + server.port() + "\r\n")
                    .containsPattern("(?i)user-agent: penstock/\\d+\\.\\d+");
            assertThat(head.requestId()).matches("[0-9a-f]{32}");
        }
    }

    @Test
    void letsTheRequestsOwnFieldsStand() {
        try (RawServer server = RawServer.answering(Answers.ok("{}"))) {
            parts(TRANSPORT.send(get(server).header("Accept", "text/csv").header("X-Shop", "7")));
            assertThat(server.requests().get(0))
                    .containsIgnoringCase("accept: text/csv")
                    .containsIgnoringCase("x-shop: 7")
                    .doesNotContain("application/json");
        }
    }

    @Test
    void sendsABodyWithItsLength() {
        try (RawServer server = RawServer.keeping(Answers.ok("{}"))) {
            ApiRequest post = ApiRequest.of(Method.POST, server.url("/x"));
            parts(TRANSPORT.send(post.body("application/json", Answers.utf8("{\"q\":1}"))));
            parts(TRANSPORT.send(post));
            assertThat(server.requests().get(0)).containsIgnoringCase("content-length: 7\r\n");
            assertThat(server.requests().get(1)).containsIgnoringCase("content-length: 0\r\n");
        }
    }

    @Test
    void asksTheServerAnewForEachSubscriptionAndNotBefore() {
        try (RawServer server = RawServer.keeping(Answers.ok("{}"))) {
            Flux<ResponsePart> answer = TRANSPORT.send(get(server));
            assertThat(server.requests()).isEmpty();
            String first = ((Head) parts(answer).get(0)).requestId();
            String second = ((Head) parts(answer).get(0)).requestId();
            assertThat(server.requests()).hasSize(2);
            assertThat(first).isNotEqualTo(second);
        }
    }

    @Test
    void keepsAConnectionForTheNextRequest() {
        try (RawServer server = RawServer.keeping(Answers.ok("[1]"))) {
            for (int i = 0; i < 5; i++) {
                parts(TRANSPORT.send(get(server)));
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void doesNotReuseAConnectionThatSentMoreThanItAnnounced() {
        byte[] surplus = Answers.join(Answers.ok("[1]"), Answers.ok("{\"smuggled\":true}"));
        try (RawServer server = RawServer.keeping(surplus)) {
            for (int i = 0; i < 3; i++) {
                Chunk chunk = (Chunk) parts(TRANSPORT.send(get(server))).get(1);
                assertThat(new String(chunk.bytes(), StandardCharsets.UTF_8)).isEqualTo("[1]");
            }
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void cancellingClosesTheConnection() {
        try (RawServer server = RawServer.start(talk -> {
            talk.request();
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nab");
            talk.awaitHangUp();
        })) {
            StepVerifier.create(TRANSPORT.send(get(server)))
                    .expectNextMatches(Head.class::isInstance)
                    .thenCancel()
                    .verify(LIMIT);
            await().atMost(LIMIT).until(() -> server.hangUps() == 1);
        }
    }

    @Test
    void cancellingBeforeAnAnswerClosesTheConnection() {
        try (RawServer server = RawServer.start(talk -> {
            talk.request();
            talk.awaitHangUp();
        })) {
            var waiting = TRANSPORT.send(get(server)).subscribe();
            await().atMost(LIMIT).until(() -> !server.requests().isEmpty());
            waiting.dispose();
            await().atMost(LIMIT).until(() -> server.hangUps() == 1);
        }
    }

    @Test
    void readsNoFasterThanItIsAskedTo() {
        AtomicLong accepted = new AtomicLong();
        int length = 200 << 20;
        try (RawServer server = RawServer.start(talk -> {
            talk.request();
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
            byte[] block = new byte[64 << 10];
            for (int sent = 0; sent < length; sent += block.length) {
                talk.send(block);
                accepted.addAndGet(block.length);
            }
        })) {
            StepVerifier.create(TRANSPORT.send(get(server)), 2)
                    .expectNextMatches(Head.class::isInstance)
                    .assertNext(part -> {
                        assertThat(((Chunk) part).bytes()).hasSize(512 << 10);
                        assertThat(((Chunk) part).last()).isFalse();
                    })
                    .then(() ->
                            await().during(Duration.ofMillis(500)).atMost(LIMIT).until(() -> accepted.get() < 24 << 20))
                    .thenRequest(4)
                    .expectNextCount(4)
                    .thenCancel()
                    .verify(LIMIT);
            assertThat(accepted.get()).isLessThan(24 << 20);
        }
    }

    @Test
    void streamsABodyLargerThanThePageBufferInChunksThatAddUp() {
        byte[] body = new byte[3_000_001];
        RandomGenerator random = new Random(7);
        random.nextBytes(body);
        HttpLimits small = HttpLimits.DEFAULT.with(Limit.PAGE_BUFFER, 100_000);
        HttpTransport transport = HttpTransport.builder().limits(small).build();
        for (byte[] answer : List.of(
                Answers.ok(body),
                Answers.chunked(body, 70_000),
                Answers.ok(Answers.gzip(body), "Content-Encoding: gzip"))) {
            try (RawServer server = RawServer.answering(answer)) {
                List<ResponsePart> parts = parts(transport.send(get(server)).limitRate(1));
                byte[] joined = new byte[0];
                for (ResponsePart part : parts.subList(1, parts.size())) {
                    assertThat(((Chunk) part).bytes().length).isLessThanOrEqualTo(512 << 10);
                    joined = Answers.join(joined, ((Chunk) part).bytes());
                }
                assertThat(joined).isEqualTo(body);
                assertThat(((Chunk) parts.get(parts.size() - 1)).last()).isTrue();
            }
        }
        transport.close();
    }

    @Test
    void tellsARefusedConnectionFromALostAnswer() {
        RawServer gone = RawServer.answering("");
        ApiRequest request = get(gone);
        gone.close();
        assertThat(failure(TRANSPORT.send(request))).isInstanceOfSatisfying(NetworkError.class, error -> {
            assertThat(error.step()).isEqualTo(Step.CONNECT);
            assertThat(error.unsent()).isTrue();
            assertThat(error).hasMessageContaining("/v1/things: the connection was refused: is the server running");
            assertThat(error.getMessage()).doesNotContain("page=1");
            assertThat(error.place().requestId()).isPresent();
        });
        for (RawServer.Script script : List.<RawServer.Script>of(RawServer.Talk::request, talk -> {
            talk.request();
            talk.reset();
        })) {
            try (RawServer server = RawServer.start(script)) {
                assertThat(failure(TRANSPORT.send(get(server)))).isInstanceOfSatisfying(NetworkError.class, error -> {
                    assertThat(error.step()).isEqualTo(Step.RESET);
                    assertThat(error.unsent()).isFalse();
                });
            }
        }
    }

    @Test
    void saysThatANameHasNoAddress() {
        ApiRequest request = ApiRequest.of(Method.GET, URI.create("http://no-such-host.invalid/x"));
        assertThat(failure(TRANSPORT.send(request)))
                .isInstanceOfSatisfying(
                        NetworkError.class, error -> assertThat(error.step()).isEqualTo(Step.DNS))
                .hasMessageContaining("check the host name");
    }

    @Test
    void aBodyThatBreaksOffIsNeverASuccess() {
        try (RawServer server = RawServer.start(talk -> {
            talk.request();
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
            talk.reset();
        })) {
            assertThat(failure(TRANSPORT.send(get(server)))).isInstanceOf(TruncatedResponse.class);
        }
    }

    @Test
    void waitsForAConnectionOnlySoLong() {
        Timeouts quick = Timeouts.DEFAULT.with(Wait.POOL_ACQUIRE, Duration.ofMillis(100));
        HttpTransport narrow =
                HttpTransport.builder().maxConnections(1).timeouts(quick).build();
        try (RawServer server = RawServer.start(talk -> {
            talk.request();
            talk.awaitHangUp();
        })) {
            var holder = narrow.send(get(server)).subscribe();
            await().atMost(LIMIT).until(() -> !server.requests().isEmpty());
            assertThat(failure(narrow.send(get(server))))
                    .isInstanceOfSatisfying(
                            NetworkError.class,
                            error -> assertThat(error.step()).isEqualTo(Step.POOL));
            holder.dispose();
        }
        narrow.close();
    }

    @Test
    void slowHeadersAndADribblingBodyMeetTheirDeadlines() {
        Timeouts quick = Timeouts.DEFAULT
                .with(Wait.RESPONSE_HEADERS, Duration.ofMillis(300))
                .with(Wait.BODY_IDLE, Duration.ofMillis(300));
        for (String start : List.of("HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n12")) {
            try (RawServer server = RawServer.start(talk -> {
                talk.request();
                talk.send(start);
                talk.awaitHangUp();
            })) {
                PenstockException late =
                        (PenstockException) failure(TRANSPORT.within(quick).send(get(server)));
                assertThat(late)
                        .isInstanceOfSatisfying(
                                NetworkError.class,
                                error -> assertThat(error.step()).isEqualTo(Step.TIMEOUT));
                await().atMost(LIMIT).until(() -> server.hangUps() == 1);
            }
        }
    }
}
