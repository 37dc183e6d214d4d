package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static io.penstock.client.ScriptedTransport.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.auth.Auth;
import io.penstock.cache.CachePolicy;
import io.penstock.cache.CacheStore;
import io.penstock.cache.ResponseCache;
import io.penstock.config.Secret;
import io.penstock.error.BadAnswer.RequestRejected;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import io.penstock.page.Paging;
import io.penstock.rate.RateLimit;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class CachedClientTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final CachePolicy FIVE_MINUTES = CachePolicy.ttl(Duration.ofMinutes(5));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private ScriptedTransport transport = new ScriptedTransport(request -> Flux.empty());

    @AfterEach
    void endTime() {
        time.dispose();
    }

    private ApiClient.Builder client(Function<ApiRequest, Publisher<ResponsePart>> script) {
        transport = new ScriptedTransport(script);
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        return ClientResources.of(transport, time, clock, RandomGenerator.of("L64X128MixRandom"))
                .client(URI.create("https://api.example.com"));
    }

    private static Mono<String> body(ApiClient api, String path) {
        return api.get(path).exchange().map(answer -> new String(answer.body(), StandardCharsets.UTF_8));
    }

    @Test
    void keepsNothingUnlessItIsAsked() {
        ApiClient api = client(request -> json("{}")).build();
        StepVerifier.create(Flux.concat(body(api, "/a"), body(api, "/a")))
                .expectNextCount(2)
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent).hasSize(2);
    }

    @Test
    void aHitTakesNoPermit() {
        ApiClient api = client(request -> json("{}"))
                .limit(RateLimit.of(1, Duration.ofHours(1)))
                .cache(FIVE_MINUTES)
                .build();
        StepVerifier.create(Flux.range(0, 100).concatMap(i -> body(api, "/a")))
                .expectNextCount(100)
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent).hasSize(1);
        assertThat(transport.underWay).hasValue(0);
    }

    @Test
    void whatAHitSaysOfTheQuotaIsOldNews() {
        ApiClient api = client(request -> answer(
                        200,
                        Map.of(
                                "Content-Type",
                                "application/json",
                                "RateLimit",
                                "r=0;t=60",
                                "X-RateLimit-Remaining",
                                "0"),
                        "{}"))
                .cache(FIVE_MINUTES)
                .build();
        StepVerifier.withVirtualTime(
                        () -> body(api, "/a")
                                .then(Mono.delay(Duration.ofMinutes(2), time))
                                .then(body(api, "/a"))
                                .then(body(api, "/b")),
                        () -> time,
                        Long.MAX_VALUE)
                .expectSubscription()
                .thenAwait(Duration.ofMinutes(2))
                .expectNext("{}")
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent).hasSize(2);
    }

    @Test
    void aPageThatIsGoneIsNotAskedForAgain() {
        ApiClient api =
                client(request -> answer(404, Map.of(), "")).cache(FIVE_MINUTES).build();
        for (int i = 0; i < 2; i++) {
            StepVerifier.create(body(api, "/gone"))
                    .expectError(RequestRejected.class)
                    .verify(LIMIT);
        }
        assertThat(transport.sent).hasSize(1);
    }

    @Test
    void aRedirectThatIsPermanentIsRemembered() {
        ApiClient api = client(request -> request.url().getPath().equals("/old")
                        ? answer(301, Map.of("Location", "/new"), "")
                        : json("{\"new\":true}"))
                .cache(FIVE_MINUTES)
                .build();
        StepVerifier.create(Flux.concat(body(api, "/old"), body(api, "/old")))
                .expectNext("{\"new\":true}", "{\"new\":true}")
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent).hasSize(2);
    }

    @Test
    void twoSecretsOfOneNameShareNothing() {
        CacheStore store = CacheStore.inProcess(time, 1 << 20, 100);
        for (String token : new String[] {"one", "two"}) {
            ApiClient api = client(request ->
                            json("\"" + request.headers().first("Authorization").orElseThrow() + "\""))
                    .auth(Auth.bearer(Secret.named("env:TOKEN", token)))
                    .cache(ResponseCache.of(store, FIVE_MINUTES, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)))
                    .build();
            StepVerifier.create(body(api, "/me"))
                    .expectNext("\"Bearer " + token + "\"")
                    .expectComplete()
                    .verify(LIMIT);
        }
    }

    @Test
    void asksByTagAndTakesWhatItKnowsWhenNothingHasChanged() {
        ApiClient api = client(
                        request -> request.headers().first("If-None-Match").isPresent()
                                ? answer(304, Map.of("ETag", "\"1\""), "")
                                : answer(200, Map.of("ETag", "\"1\"", "Content-Type", "application/json"), "{\"a\":1}"))
                .cache(CachePolicy.builder().build())
                .build();
        StepVerifier.create(Flux.concat(body(api, "/a"), body(api, "/a")))
                .expectNext("{\"a\":1}", "{\"a\":1}")
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent).hasSize(2);
    }

    @Test
    void anAnswerThatCannotBeReadIsNotTakenAgain() {
        ApiClient api = client(request ->
                        transport.sent.size() == 1 ? json("{\"items\":[{\"id\":") : json("{\"items\":[{\"id\":1}]}"))
                .cache(FIVE_MINUTES)
                .build();
        StepVerifier.withVirtualTime(
                        () -> api.get("/a")
                                .pages(Paging.none())
                                .batches("/items")
                                .map(batch -> batch.records().size()),
                        () -> time,
                        Long.MAX_VALUE)
                .thenAwait(Duration.ofHours(1))
                .expectNext(1)
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent).hasSize(2);
    }
}
