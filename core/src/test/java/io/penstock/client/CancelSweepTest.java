package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.breaker.BreakerPolicy;
import io.penstock.breaker.CircuitBreaker;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.NetworkError.Step;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.page.Paging;
import io.penstock.rate.Permits;
import io.penstock.rate.RateLimit;
import io.penstock.retry.RetryBudget;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Whatever is cancelled whenever: permits, probes, tokens and requests go back. Takes about ten seconds. */
class CancelSweepTest {

    private static final URI HOME = URI.create("https://api.example.com");
    private static final String KEY = HOME + " none";
    private static final long SEED = 20_261_124;
    private static final BreakerPolicy POLICY = BreakerPolicy.DEFAULT;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final ScriptedTransport transport = new ScriptedTransport(this::serve);
    private final ClientResources resources =
            ClientResources.of(transport, time, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), random);
    private final Permits permits =
            resources.shared().budgets().permits(KEY, List.of(RateLimit.of(200, Duration.ofSeconds(1))), 8);
    private final CircuitBreaker breaker = resources.shared().breakers().breaker(KEY, POLICY);
    private final RetryBudget tokens = resources.shared().repeats().budget(KEY);
    private final ApiClient api = resources.client(HOME).concurrency(8).build();

    /** A server in bad health: half of what it is asked fails, in every way there is. */
    private Publisher<ResponsePart> serve(ApiRequest request) {
        Duration latency = Duration.ofMillis(random.nextInt(30));
        return Mono.delay(latency, time).thenMany(Flux.defer(() -> switch (random.nextInt(10)) {
            case 0, 1 -> answer(503, Map.of(), "");
            case 2 -> answer(429, Map.of(), "");
            case 3 -> Flux.error(new NetworkError(Step.RESET, "reset", null));
            case 4 -> answer(302, Map.of("Location", "/elsewhere"), "");
            default -> page(request);
        }));
    }

    private Flux<ResponsePart> page(ApiRequest request) {
        int page = Integer.parseInt(request.query("cursor").orElse("0"));
        byte[] body = ("{\"items\":[{\"id\":" + page + "}],\"next\":\"" + (page + 1) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        return Flux.concat(
                Mono.just(new Head(200, Headers.NONE, "id")),
                Mono.delay(Duration.ofMillis(random.nextInt(20)), time).thenReturn(new Chunk(body, true)));
    }

    private Flux<?> work() {
        return switch (random.nextInt(3)) {
            case 0 -> api.get("/a").exchange().flux();
            case 1 -> api.get("/b").hedge(Duration.ofMillis(10)).exchange().flux();
            default ->
                api.get("/c")
                        .pages(Paging.cursor("/next", "cursor"))
                        .batches("/items")
                        .take(1 + random.nextInt(4));
        };
    }

    private void assertNothingIsHeld(String when) {
        assertThat(permits.usage().inFlight()).as(when).isZero();
        assertThat(permits.usage().waiting()).as(when).isZero();
        assertThat(breaker.view().out()).as(when).isZero();
        assertThat(breaker.view().waiting()).as(when).isZero();
        assertThat(tokens.usage().out()).as(when).isZero();
        assertThat(tokens.usage().waiting()).as(when).isZero();
        assertThat(transport.underWay).as(when).hasValue(0);
    }

    @Test
    void aHundredThousandRequestsCancelledAtRandomLeaveNothingBehind() {
        List<Disposable> running = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            running.add(work().subscribe(item -> {}, failure -> {}));
            if (random.nextInt(4) == 0) {
                time.advanceTimeBy(Duration.ofMillis(random.nextInt(random.nextInt(100) == 0 ? 20_000 : 20)));
            }
            if (running.size() > 40) {
                int victim = random.nextInt(running.size());
                running.get(victim).dispose();
                running.remove(victim);
            }
            if (i % 10_000 == 0) {
                running.forEach(Disposable::dispose);
                running.clear();
                assertNothingIsHeld("after " + i + ", seed " + SEED);
            }
        }
        running.forEach(Disposable::dispose);
        assertNothingIsHeld("at the end, seed " + SEED);
    }

    @Test
    void whatRunsToItsEndHoldsNothingEither() {
        for (int i = 0; i < 300; i++) {
            work().subscribe(item -> {}, failure -> {});
            time.advanceTimeBy(Duration.ofMillis(random.nextInt(200)));
        }
        time.advanceTimeBy(Duration.ofHours(2));
        assertNothingIsHeld("seed " + SEED);
    }

    /** Cancels one walk at each signal in turn: before, inside and after every instant at which anything happens. */
    @Test
    void cancelsAtEverySignal() {
        for (int signals = 0; signals < 60; signals++) {
            int[] left = {signals};
            Disposable.Swap run = Disposables.swap();
            run.update(api.get("/c")
                    .pages(Paging.cursor("/next", "cursor"))
                    .batches("/items")
                    .take(10)
                    .subscribe(
                            batch -> {
                                if (left[0]-- == 0) {
                                    run.dispose();
                                }
                            },
                            failure -> {}));
            for (int tick = 0; tick < signals; tick++) {
                time.advanceTimeBy(Duration.ofMillis(3));
            }
            run.dispose();
            assertNothingIsHeld("cancelled at signal " + signals);
        }
    }
}
