package io.penstock.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.TryLater.UpstreamError;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class ResponseCacheTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final ApiRequest GET = ApiRequest.of(Method.GET, URI.create("https://h/a"));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final CacheStore store = CacheStore.inProcess(time, 1 << 20, 100);
    private final Server server = new Server();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private ResponseCache cache = cached(store);

    private ResponseCache cached(CacheStore in) {
        return ResponseCache.of(
                in,
                CachePolicy.builder().ttl(Duration.ofMinutes(5)).largest(1000).build(),
                clock);
    }

    /** Answers by a function, and remembers what it was asked. */
    private static final class Server implements ResponseCache.Origin {

        private final List<ApiRequest> asked = new ArrayList<>();
        private Function<ApiRequest, Flux<ResponsePart>> answers = request -> answer(200, Map.of(), "one");

        @Override
        public Flux<ResponsePart> kept(Flux<ResponsePart> parts) {
            return parts;
        }

        @Override
        public Flux<ResponsePart> ask(ApiRequest request, UnaryOperator<Flux<ResponsePart>> tap) {
            return Flux.defer(() -> {
                asked.add(request);
                return tap.apply(answers.apply(request));
            });
        }
    }

    private static Flux<ResponsePart> answer(int status, Map<String, String> headers, String body) {
        return Flux.just(
                new Head(status, Headers.of(headers), "id"), new Chunk(body.getBytes(StandardCharsets.UTF_8), true));
    }

    private String read(ApiRequest request, String credential) {
        return text(cache.read(request, credential, server));
    }

    private static String text(Flux<ResponsePart> parts) {
        return parts.map(part -> part instanceof Chunk chunk ? new String(chunk.bytes(), StandardCharsets.UTF_8) : "")
                .collectList()
                .map(texts -> String.join("", texts))
                .block(LIMIT);
    }

    @Test
    void asksOnceWhileTheAnswerIsFresh() {
        assertThat(read(GET, "me")).isEqualTo("one");
        now = now.plusSeconds(299);
        assertThat(read(GET, "me")).isEqualTo("one");
        assertThat(server.asked).hasSize(1);
        now = now.plusSeconds(1);
        assertThat(read(GET, "me")).isEqualTo("one");
        assertThat(server.asked).hasSize(2);
    }

    @Test
    void sharesNothingBetweenCredentials() {
        read(GET, "me");
        server.answers = request -> answer(200, Map.of(), "two");
        assertThat(read(GET, "you")).isEqualTo("two");
        assertThat(read(GET, "me")).isEqualTo("one");
    }

    @Test
    void asksByTagAndDateWhetherAnOldAnswerStillHolds() {
        server.answers = request ->
                answer(200, Map.of("ETag", "\"v1\"", "Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT"), "one");
        read(GET, "me");
        now = now.plusSeconds(300);
        server.answers = request -> answer(304, Map.of("ETag", "\"v1\"", "X-RateLimit-Remaining", "7"), "");
        List<ResponsePart> confirmed =
                cache.read(GET, "me", server).collectList().block(LIMIT);
        assertThat(server.asked.get(1).headers().first("If-None-Match")).contains("\"v1\"");
        assertThat(server.asked.get(1).headers().first("If-Modified-Since")).contains("Thu, 01 Jan 2026 00:00:00 GMT");
        assertThat(confirmed).element(0).satisfies(part -> {
            Head head = (Head) part;
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers().first("X-RateLimit-Remaining")).contains("7");
            assertThat(head.headers().first("Last-Modified")).isPresent();
        });
        now = now.plusSeconds(299);
        assertThat(read(GET, "me")).as("fresh again").isEqualTo("one");
        assertThat(server.asked).hasSize(2);
    }

    @Test
    void takesTheNewAnswerWhenTheOldOneHoldsNoMore() {
        server.answers = request -> answer(200, Map.of("ETag", "\"v1\""), "one");
        read(GET, "me");
        now = now.plusSeconds(300);
        server.answers = request -> answer(200, Map.of("ETag", "\"v2\""), "two");
        assertThat(read(GET, "me")).isEqualTo("two");
        assertThat(read(GET, "me")).isEqualTo("two");
        assertThat(server.asked).hasSize(2);
    }

    @Test
    void keepsNeitherCookiesNorQuotas() {
        server.answers = request -> answer(
                200,
                Map.of("Set-Cookie", "s=1", "RateLimit", "r=1", "X-RateLimit-Reset", "9", "X-Generated", "g"),
                "x");
        read(GET, "me");
        Head kept = (Head) cache.read(GET, "me", server).blockFirst(LIMIT);
        assertThat(kept.headers().names()).containsExactly("X-Generated");
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void keepsNothingOfFailuresOrOfHalfAnAnswer() {
        server.answers = request -> Flux.concat(
                answer(200, Map.of(), "half").take(1), Flux.error(new UpstreamError("cut", 503, Duration.ZERO)));
        StepVerifier.create(cache.read(GET, "me", server))
                .expectNextCount(1)
                .expectError(UpstreamError.class)
                .verify(LIMIT);
        server.answers = request -> answer(200, Map.of(), "whole");
        assertThat(read(GET, "me")).isEqualTo("whole");
        assertThat(read(GET, "me")).isEqualTo("whole");
        assertThat(server.asked).hasSize(2);
    }

    @Test
    void keepsNothingThatIsTooLarge() {
        server.answers = request -> answer(200, Map.of(), "x".repeat(1000));
        read(GET, "me");
        read(GET, "me");
        assertThat(server.asked).hasSize(1);
        ApiRequest other = GET.query("a", "b");
        server.answers = request -> answer(200, Map.of(), "x".repeat(1001));
        read(other, "me");
        assertThat(read(other, "me")).hasSize(1001);
        assertThat(server.asked).hasSize(3);
    }

    @Test
    void aChangeThatTheServerAcceptsMakesItForget() {
        read(GET, "me");
        read(GET, "you");
        ApiRequest put = ApiRequest.of(Method.PUT, GET.url());
        server.answers = request -> answer(409, Map.of(), "no");
        read(put, "me");
        read(GET, "me");
        assertThat(server.asked).as("refused, so nothing has changed").hasSize(3);
        server.answers = request -> answer(204, Map.of(), "");
        read(put, "me");
        server.answers = request -> answer(200, Map.of(), "two");
        assertThat(read(GET, "me")).isEqualTo("two");
        assertThat(read(GET, "you")).isEqualTo("two");
    }

    @Test
    void forgetsWhenItIsTold() {
        read(GET, "me");
        cache.forget(GET).block(LIMIT);
        read(GET, "me");
        assertThat(server.asked).hasSize(2);
    }

    @Test
    void whoeverDoesNotLikeTheLastPartLeavesNothingBehind() {
        StepVerifier.create(cache.read(GET, "me", server).doOnNext(part -> {
                    if (part instanceof Chunk) {
                        throw new IllegalStateException("no JSON");
                    }
                }))
                .expectNextCount(1)
                .expectError(IllegalStateException.class)
                .verify(LIMIT);
        server.answers = request -> answer(200, Map.of(), "good");
        assertThat(read(GET, "me")).isEqualTo("good");
    }

    private static CacheStore broken() {
        return new CacheStore() {
            @Override
            public Mono<byte[]> read(CacheKey key) {
                return Mono.error(new IllegalStateException("down"));
            }

            @Override
            public Mono<Void> write(CacheKey key, byte[] entry, Duration keep) {
                throw new IllegalStateException("down");
            }

            @Override
            public Mono<Void> remove(CacheKey key) {
                return Mono.error(new IllegalStateException("down"));
            }

            @Override
            public Mono<Void> removeAll(String place) {
                return Mono.error(new IllegalStateException("down"));
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void aStoreThatFailsCostsItsHelpOnly() {
        cache = cached(broken());
        assertThat(read(GET, "me")).isEqualTo("one");
        assertThat(read(GET, "me")).isEqualTo("one");
        assertThat(read(ApiRequest.of(Method.DELETE, GET.url()), "me")).isEqualTo("one");
        assertThat(server.asked).hasSize(3);
    }

    @Test
    void anEntryThatHasRottedIsAMiss() {
        read(GET, "me");
        CacheKey key = CacheKey.of(GET, "me");
        byte[] rotten = store.read(key).block(LIMIT).clone();
        rotten[rotten.length / 2] ^= 1;
        store.write(key, rotten, Duration.ofDays(1)).block(LIMIT);
        server.answers = request -> answer(200, Map.of(), "two");
        assertThat(read(GET, "me")).isEqualTo("two");
    }

    @Test
    void whatComesWhileTheFirstIsAskingTakesItsAnswer() {
        Sinks.Many<ResponsePart> wire = Sinks.many().unicast().onBackpressureBuffer();
        server.answers = request -> wire.asFlux();
        List<String> got = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            cache.read(GET, "me", server)
                    .ofType(Chunk.class)
                    .subscribe(chunk -> got.add(new String(chunk.bytes(), StandardCharsets.UTF_8)));
        }
        assertThat(server.asked).hasSize(1);
        wire.tryEmitNext(new Head(200, Headers.NONE, "id"));
        wire.tryEmitNext(new Chunk("one".getBytes(StandardCharsets.UTF_8), true));
        wire.tryEmitComplete();
        assertThat(got).hasSize(10).containsOnly("one");
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void whatComesBecauseTheFirstHasEndedAsksAnew() {
        cache = cached(broken());
        List<ResponsePart> second = new ArrayList<>();
        cache.read(GET, "me", server)
                .doOnComplete(() -> cache.read(GET, "me", server).subscribe(second::add))
                .blockLast(LIMIT);
        assertThat(second).hasSize(2);
        assertThat(server.asked).hasSize(2);
    }

    @Test
    void anAnswerThatMayNotBeKeptSendsTheOthersOnTheirOwnWay() {
        Sinks.Many<ResponsePart> wire = Sinks.many().unicast().onBackpressureBuffer();
        server.answers = request -> server.asked.size() == 1 ? wire.asFlux() : answer(200, Map.of(), "own");
        List<String> got = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            cache.read(GET, "me", server)
                    .ofType(Chunk.class)
                    .subscribe(chunk -> got.add(new String(chunk.bytes(), StandardCharsets.UTF_8)));
        }
        wire.tryEmitNext(new Head(200, Headers.of(Map.of("Cache-Control", "no-store")), "id"));
        assertThat(got).as("nobody waits for a body that helps nobody").containsExactly("own", "own");
        wire.tryEmitNext(new Chunk("first".getBytes(StandardCharsets.UTF_8), true));
        wire.tryEmitComplete();
        assertThat(got).hasSize(3).contains("first");
    }

    @Test
    void theStoreHoldsNoMoreThanItsBounds() {
        CacheStore small = CacheStore.inProcess(time, 1 << 20, 10);
        for (int i = 0; i < 50; i++) {
            small.write(new CacheKey("p" + i, "v"), new byte[10], Duration.ofDays(1))
                    .block(LIMIT);
        }
        assertThat(held(small)).isLessThanOrEqualTo(10);
        CacheStore heavy = CacheStore.inProcess(time, 1 << 20, 1000);
        for (int i = 0; i < 50; i++) {
            heavy.write(new CacheKey("p" + i, "v"), new byte[200_000], Duration.ofDays(1))
                    .block(LIMIT);
        }
        assertThat(held(heavy)).isLessThanOrEqualTo(5);
    }

    private static long held(CacheStore in) {
        return Flux.range(0, 50)
                .concatMap(i -> in.read(new CacheKey("p" + i, "v")))
                .count()
                .block(LIMIT);
    }

    @Test
    void theStoreLetsGoWhenTheTimeIsOver() {
        CacheKey key = new CacheKey("p", "v");
        store.write(key, new byte[1], Duration.ofSeconds(10)).block(LIMIT);
        time.advanceTimeBy(Duration.ofMillis(9_999));
        assertThat(store.read(key).block(LIMIT)).isNotNull();
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(store.read(key).blockOptional(LIMIT)).isEmpty();
    }
}
