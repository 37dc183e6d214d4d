package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static io.penstock.client.ScriptedTransport.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.NetworkError.Step;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import io.penstock.rate.RateLimit;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Ten minutes without a server, 64 streams, virtual time. Takes about five seconds. */
class OutageTest {

    private static final int STREAMS = 64;
    private static final long BEGINS = 60_000;
    private static final long ENDS = BEGINS + 600_000;
    private static final int RATE = 50;

    /** How the server is down. */
    enum Kind {
        UNAVAILABLE,
        RESET,
        SILENT,
        CUT
    }

    /** A server that is down from {@link #BEGINS} to {@link #ENDS}. */
    private static final class World {

        private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
        private final SplittableRandom random;
        private final Kind kind;
        private final List<Long> sent = new ArrayList<>();
        private final List<Long> served = new ArrayList<>();
        private final List<Throwable> ended = new ArrayList<>();

        World(Kind kind, long seed) {
            this.kind = kind;
            this.random = new SplittableRandom(seed);
        }

        long now() {
            return time.now(TimeUnit.MILLISECONDS);
        }

        Publisher<ResponsePart> serve(ApiRequest request) {
            sent.add(now());
            Duration latency = Duration.ofMillis(50 + random.nextInt(100));
            if (now() >= BEGINS && now() < ENDS) {
                return down(latency);
            }
            return Mono.delay(latency, time).thenMany(Flux.defer(() -> {
                served.add(now());
                return json("{}");
            }));
        }

        private Publisher<ResponsePart> down(Duration latency) {
            return switch (kind) {
                case UNAVAILABLE -> Mono.delay(latency, time).thenMany(answer(503, Map.of(), ""));
                case RESET -> Mono.delay(latency, time).then(Mono.error(new NetworkError(Step.RESET, "reset", null)));
                case SILENT ->
                    Mono.delay(Duration.ofSeconds(30), time)
                            .then(Mono.error(new NetworkError(Step.TIMEOUT, "no answer", null)));
                case CUT ->
                    Mono.delay(latency, time)
                            .thenMany(Flux.concat(json("{}").take(1), Mono.error(new TruncatedResponse("cut"))));
            };
        }

        void run() {
            ApiClient api = ClientResources.of(
                            new ScriptedTransport(this::serve),
                            time,
                            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                            random)
                    .client(URI.create("https://api.example.com"))
                    .limit(RateLimit.of(RATE, Duration.ofSeconds(1)))
                    .concurrency(STREAMS)
                    .build();
            for (int i = 0; i < STREAMS; i++) {
                api.get("/items").exchange().repeat().subscribe(page -> {}, ended::add);
            }
            time.advanceTimeBy(Duration.ofMillis(ENDS + 240_000));
            time.dispose();
        }

        long count(List<Long> instants, long from, long to) {
            return instants.stream().filter(at -> at >= from && at < to).count();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, 1",
        "UNAVAILABLE, 2",
        "UNAVAILABLE, 3",
        "UNAVAILABLE, 4",
        "UNAVAILABLE, 5",
        "RESET, 6",
        "RESET, 7",
        "RESET, 8",
        "SILENT, 9",
        "SILENT, 10",
        "SILENT, 11",
        "CUT, 12",
        "CUT, 13",
        "CUT, 14"
    })
    void theLoadDecaysToProbesAndComesBackSoonAfter(Kind kind, long seed) {
        World world = new World(kind, seed);
        world.run();
        String which = kind + ", seed " + seed;
        assertThat(world.ended).as(which).isEmpty();
        long before = world.count(world.served, 20_000, 50_000);
        assertThat(before).as(which).isGreaterThan(RATE * 30 / 2);
        long during = world.count(world.sent, BEGINS, ENDS);
        assertThat(during).as(which + ": requests in the outage").isBetween(12L, 130L);
        long probe = world.served.stream().filter(at -> at >= ENDS).findFirst().orElseThrow();
        assertThat(probe - ENDS).as(which + ": first answer after the outage").isLessThanOrEqualTo(75_000);
        long window = 10_000;
        long usual = before / 3;
        assertThat(world.count(world.served, probe + 60_000 - window, probe + 60_000))
                .as(which + ": rate a minute after the first answer")
                .isGreaterThanOrEqualTo(usual * 9 / 10);
    }
}
