package io.penstock.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.rate.Permits.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * The limit as the client keeps it and as a server behind a network counts it (I4): 200 configurations of 10,000 grants each,
 * through the whole budget in virtual time. Seed = number of the configuration. Under 60 s.
 */
class LimitConformanceTest {

    private static final int CONFIGURATIONS = 200;
    private static final int GRANTS = 10_000;

    /** One random configuration: one to three limits, some of them spaced; askers of some streams, who cancel and come late. */
    private static final class Run {
        private final SplittableRandom random;
        private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
        private final List<RateLimit> limits = new ArrayList<>();
        private final Permits permits;
        private final long[] sent = new long[GRANTS];
        private int count;

        Run(long seed) {
            random = new SplittableRandom(seed);
            int rates = 1 + random.nextInt(3);
            long window = Duration.ofMillis(100 + random.nextInt(5_000)).toNanos();
            int size = 1 + random.nextInt(seed % 3 == 0 ? 10 : 500);
            for (int i = 0; i < rates; i++) {
                RateLimit limit = RateLimit.of(size, Duration.ofNanos(window));
                limits.add(random.nextInt(3) == 0 ? limit.burst(1 + random.nextInt(size)) : limit);
                window *= 2 + random.nextInt(10);
                size *= 1 + random.nextInt(4);
            }
            permits = new Budgets(timer, random.split()).permits("key", limits, Integer.MAX_VALUE);
        }

        /** Askers come in crowds and in trickles until all grants are made. */
        void fill() {
            while (count < GRANTS) {
                int crowd = 1 + random.nextInt(random.nextInt(4) == 0 ? 2_000 : 20);
                for (int i = 0; i < crowd; i++) {
                    ask();
                }
                timer.advanceTimeBy(Duration.ofNanos(random.nextLong(3 * crowd * slowest())));
            }
        }

        /** Nanoseconds a grant, in the long run. */
        private long slowest() {
            return limits.stream()
                    .mapToLong(limit -> (limit.window().toNanos()
                                    + Meter.guard(limit.window().toNanos()))
                            / (limit.permits() - limit.burst().orElse(1) + 1))
                    .max()
                    .orElseThrow();
        }

        private void ask() {
            Asker asker = new Asker("s" + random.nextInt(5), Priority.values()[random.nextInt(3)]);
            Optional<Permit> now = random.nextInt(3) == 0 ? permits.acquireNow(1, asker) : Optional.empty();
            now.ifPresentOrElse(
                    this::granted,
                    () -> permits.acquire(1).contextWrite(asker::into).subscribe(this::granted));
        }

        private void granted(Permit permit) {
            if (count < GRANTS) {
                sent[count++] = timer.now(TimeUnit.NANOSECONDS);
            }
            permit.release();
        }

        /** When a server sees them: each after a delay of its own, of which the guard covers the spread. */
        long[] arrived() {
            long guard = limits.stream()
                    .mapToLong(limit -> Meter.guard(limit.window().toNanos()))
                    .min()
                    .orElseThrow();
            long[] arrived = Arrays.stream(sent)
                    .map(at -> at + Duration.ofMillis(80).toNanos() + random.nextLong(guard))
                    .toArray();
            Arrays.sort(arrived);
            return arrived;
        }

        /** The fullest window of a limit, counted by brute force. */
        static long most(long[] at, RateLimit limit) {
            WindowCounter counter = new WindowCounter(limit.window().toNanos());
            Arrays.stream(at).forEach(instant -> counter.grant(instant, 1));
            return counter.most();
        }
    }

    @Test
    void noWindowHoldsMoreThanItsLimitNeitherHereNorAtTheServer() {
        for (long seed = 0; seed < CONFIGURATIONS; seed++) {
            Run run = new Run(seed);
            run.fill();
            long[] arrived = run.arrived();
            for (RateLimit limit : run.limits) {
                assertThat(Run.most(run.sent, limit))
                        .as("client, seed %d, %s", seed, limit)
                        .isBetween(1L, (long) limit.permits());
                assertThat(Run.most(arrived, limit))
                        .as("server, seed %d, %s", seed, limit)
                        .isBetween(1L, (long) limit.permits());
            }
            run.timer.dispose();
        }
    }

    /** Always somebody waits: what is granted in the long run, as a part of the limit. */
    private static double use(RateLimit limit) {
        VirtualTimeScheduler timer = VirtualTimeScheduler.create();
        Permits permits = new Budgets(timer, new SplittableRandom(7)).permits("key", List.of(limit), 1_000_000);
        long[] last = {0};
        int total = 30 * limit.permits();
        for (int i = 0; i < total; i++) {
            permits.acquire(1).subscribe(permit -> last[0] = timer.now(TimeUnit.NANOSECONDS));
        }
        timer.advanceTimeBy(limit.window().multipliedBy(100));
        assertThat(permits.usage().granted()).isEqualTo(total);
        timer.dispose();
        // the last window's worth is granted at its beginning
        return (double) total
                / (last[0]
                        + limit.window().toNanos()
                        + Meter.guard(limit.window().toNanos()))
                * limit.window().toNanos()
                / limit.permits();
    }

    @Test
    void aSaturatedExactLimitIsUsedToNinetyNineParts() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RateLimit limit = RateLimit.of(1 + random.nextInt(300), Duration.ofMillis(50 + random.nextInt(60_000)));
            long window = limit.window().toNanos();
            assertThat(use(limit))
                    .as("seed %d, %s", seed, limit)
                    .isGreaterThanOrEqualTo(0.99 * window / (window + Meter.guard(window)));
        }
    }

    @Test
    void aSaturatedSpacedLimitReachesNinetyFivePartsOfItsRate() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int permits = 20 + random.nextInt(300);
            int burst = Math.max(1, permits / 20);
            RateLimit limit = RateLimit.of(permits, Duration.ofMillis(50 + random.nextInt(60_000)))
                    .burst(burst);
            long window = limit.window().toNanos();
            double sustained = (permits - burst + 1.0) / permits * window / (window + Meter.guard(window));
            assertThat(use(limit)).as("seed %d, %s", seed, limit).isGreaterThanOrEqualTo(0.95 * sustained);
        }
    }
}
