package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static io.penstock.client.ScriptedTransport.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.auth.Authenticator;
import io.penstock.breaker.BreakerPolicy;
import io.penstock.breaker.CircuitBreaker;
import io.penstock.http.Transport;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.message.SendProgress;
import io.penstock.observe.Lane;
import io.penstock.observe.WaitReason;
import io.penstock.page.Paging;
import io.penstock.rate.RateLimit;
import io.penstock.retry.RetryPolicy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Where the time of a lane goes is compared with what a world that knows its own delays says of them. Takes about a second.
 */
class WaitAttributionTest {

    private static final URI HOME = URI.create("https://api.example.com");
    private static final int PAGES = 40;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Map<WaitReason, Duration> truth = new EnumMap<>(WaitReason.class);

    /** A delay that the world accounts for. */
    private Mono<Long> takes(WaitReason reason, long millis) {
        return Mono.defer(() -> {
            truth.merge(reason, Duration.ofMillis(millis), Duration::plus);
            return Mono.delay(Duration.ofMillis(millis), time);
        });
    }

    /** A server whose every step takes its own time; each fifth request fails. */
    private final class World implements Transport, Authenticator {

        private final SplittableRandom random;
        private final AtomicInteger count = new AtomicInteger();

        World(long seed) {
            random = new SplittableRandom(seed);
        }

        @Override
        public Flux<ResponsePart> send(ApiRequest request) {
            return Flux.deferContextual(context -> {
                SendProgress progress = SendProgress.in(context).orElseThrow();
                progress.connecting();
                Mono<Long> connected =
                        takes(WaitReason.POOL, random.nextInt(20)).doOnNext(late -> progress.sent());
                int n = count.incrementAndGet();
                if (n % 5 == 0) {
                    return connected
                            .then(takes(WaitReason.SERVER, 30))
                            .thenMany(answer(
                                    n % 10 == 0 ? 429 : 503, n % 10 == 0 ? Map.of("Retry-After", "2") : Map.of(), ""));
                }
                int page = Integer.parseInt(request.query("cursor").orElse("0"));
                String next = page < PAGES - 1 ? "\"" + (page + 1) + "\"" : "null";
                byte[] body =
                        ("{\"items\":[{\"id\":" + page + "}],\"next\":" + next + "}").getBytes(StandardCharsets.UTF_8);
                return connected
                        .then(takes(WaitReason.SERVER, random.nextInt(200)))
                        .thenMany(Flux.concat(
                                Mono.just(new Head(200, Headers.NONE, "id")),
                                takes(WaitReason.TRANSFER, random.nextInt(100)).thenReturn(new Chunk(body, true))));
            });
        }

        @Override
        public Mono<Void> ready() {
            return takes(WaitReason.AUTH, random.nextInt(10)).then();
        }

        @Override
        public Mono<ApiRequest> authorise(ApiRequest request) {
            return Mono.just(request);
        }

        @Override
        public String identity() {
            return "world";
        }

        @Override
        public void close() {
            // nothing was opened
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void lessThanOneHundredthOfALanesTimeHasNoOrAWrongReason(long seed) {
        World world = new World(seed);
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        List<Long> pauses = new ArrayList<>();
        ApiClient api = ClientResources.of(world, time, clock, new SplittableRandom(seed))
                .client(HOME)
                .auth(world)
                .limit(RateLimit.of(3, Duration.ofSeconds(1)))
                .onRetry((attempt, failure, wait) -> {
                    truth.merge(
                            failure.code().equals("Throttled") ? WaitReason.RETRY_AFTER : WaitReason.BACKOFF,
                            wait,
                            Duration::plus);
                    pauses.add(wait.toNanos());
                })
                .build();
        Lane lane = Lane.begin(time);
        long[] ended = new long[1];
        api.get("/items")
                .pages(Paging.cursor("/next", "cursor"))
                .batches("/items")
                .contextWrite(lane::into)
                .doFinally(end -> {
                    lane.waits().end();
                    ended[0] = time.now(TimeUnit.NANOSECONDS);
                })
                .count()
                .subscribe(pages -> assertThat(pages).isEqualTo(PAGES));
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(ended[0]).as("seed %d", seed).isPositive();
        assertThat(pauses).isNotEmpty();
        Map<WaitReason, Duration> sums = lane.waits().sums();
        assertThat(lane.waits().total().toNanos()).as("adds up, seed %d", seed).isEqualTo(ended[0]);
        long known = truth.values().stream().mapToLong(Duration::toNanos).sum();
        truth.put(WaitReason.LIMIT, Duration.ofNanos(ended[0] - known)); // all that is left was spent in line
        long wrong = 0;
        for (WaitReason reason : WaitReason.values()) {
            long told = sums.getOrDefault(reason, Duration.ZERO).toNanos();
            wrong += Math.abs(told - truth.getOrDefault(reason, Duration.ZERO).toNanos());
        }
        assertThat(wrong).as("seed %d: told %s, true %s", seed, sums, truth).isLessThan(ended[0] / 100);
        assertThat(sums).containsKeys(WaitReason.LIMIT, WaitReason.POOL, WaitReason.AUTH, WaitReason.SERVER);
    }

    @Test
    void timeAtAnOpenCircuitIsTheBreakers() {
        ScriptedTransport transport = new ScriptedTransport(request -> json("{}"));
        ClientResources resources = ClientResources.of(
                transport, time, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), new SplittableRandom(1));
        ApiClient api = resources.client(HOME).retry(RetryPolicy.DEFAULT).build();
        CircuitBreaker breaker = resources.shared().breakers().breaker(HOME + " none", BreakerPolicy.DEFAULT);
        breaker.forceOpen();
        Lane lane = Lane.begin(time);
        List<Object> got = new ArrayList<>();
        api.get("/a").exchange().contextWrite(lane::into).subscribe(got::add, got::add);
        time.advanceTimeBy(Duration.ofSeconds(9));
        assertThat(lane.waits().now()).isEqualTo(WaitReason.BREAKER);
        breaker.close();
        assertThat(got).hasSize(1);
        assertThat(lane.waits().sums()).isEqualTo(Map.of(WaitReason.BREAKER, Duration.ofSeconds(9)));
    }
}
