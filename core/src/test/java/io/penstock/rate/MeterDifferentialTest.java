package io.penstock.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Both limiters against a brute-force counter (faults.md, section 5: I4). */
class MeterDifferentialTest {

    private static final int CONFIGURATIONS = 200;
    private static final int GRANTS = 10_000;
    private static final long[] WINDOWS = {
        Duration.ofMillis(10).toNanos(),
        Duration.ofMillis(333).toNanos(),
        Duration.ofSeconds(1).toNanos(),
        Duration.ofSeconds(7).toNanos() + 1,
        Duration.ofMinutes(1).toNanos(),
        Duration.ofHours(1).toNanos(),
        Duration.ofDays(1).toNanos()
    };

    @Test
    void exactWindowNeverFillsAWindowAboveItsLimit() {
        for (long seed = 0; seed < CONFIGURATIONS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int permits = 1 + random.nextInt(seed % 2 == 0 ? 20 : 2_000);
            compare(seed, random, RateLimit.of(permits, Duration.ofNanos(window(random))));
        }
    }

    @Test
    void spacingNeverFillsAWindowAboveItsLimit() {
        for (long seed = 0; seed < CONFIGURATIONS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int permits = 1 + random.nextInt(seed % 2 == 0 ? 20 : 100_000);
            int burst = 1 + random.nextInt(permits);
            compare(
                    seed,
                    random,
                    RateLimit.of(permits, Duration.ofNanos(window(random))).burst(burst));
        }
    }

    @Test
    void largeLimitsAreSpacedAndKeptToo() {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RateLimit limit =
                    RateLimit.of(ExactWindow.LARGEST + 1 + random.nextInt(1_000_000), Duration.ofNanos(window(random)));
            assertThat(Meter.of(limit)).isInstanceOf(Spacing.class);
            compare(seed, random, limit);
        }
    }

    private static long window(SplittableRandom random) {
        return WINDOWS[random.nextInt(WINDOWS.length)];
    }

    /** Grants as early as the meter allows, in bursts, trickles and after pauses, some of them taken back. */
    private static void compare(long seed, SplittableRandom random, RateLimit limit) {
        Meter meter = Meter.of(limit);
        WindowCounter counter = new WindowCounter(
                limit.window().toNanos() + Meter.guard(limit.window().toNanos()));
        long now = random.nextLong(1_000_000);
        for (int i = 0; i < GRANTS; i++) {
            int cost = random.nextInt(4) == 0 ? 1 + random.nextInt(Math.min(meter.most(), 50)) : 1;
            now += switch (random.nextInt(20)) {
                case 0 -> random.nextLong(limit.window().toNanos() * 2);
                case 1, 2 -> random.nextLong(1 + limit.window().toNanos() / limit.permits());
                default -> 0;
            };
            now = meter.nextAt(now, cost);
            assertThat(meter.nextAt(now, cost)).as("seed %d", seed).isEqualTo(now);
            meter.grant(now, cost);
            if (random.nextInt(50) == 0) {
                meter.revoke();
            } else {
                counter.grant(now, cost);
            }
        }
        assertThat(counter.most())
                .as("seed %d, %s", seed, limit)
                .isLessThanOrEqualTo(limit.permits())
                .isPositive();
    }

    @Test
    void saturatedExactWindowUsesNearlyAllOfItsLimit() {
        for (long seed = 0; seed < CONFIGURATIONS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int permits = 1 + random.nextInt(1_000);
            long window = window(random);
            long total = 40L * permits;
            double share = rate(Meter.of(RateLimit.of(permits, Duration.ofNanos(window))), total) * window / permits;
            assertThat(share)
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(0.99 * window / (window + Meter.guard(window)));
        }
    }

    @Test
    void saturatedSpacingUsesItsSustainedRate() {
        for (long seed = 0; seed < CONFIGURATIONS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int permits = 20 + random.nextInt(100_000);
            int burst = Math.max(1, permits / 20);
            long window = window(random);
            RateLimit limit = RateLimit.of(permits, Duration.ofNanos(window)).burst(burst);
            double sustained = (double) (permits - burst + 1) / (window + Meter.guard(window));
            assertThat(rate(Meter.of(limit), GRANTS + 20L * burst))
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(0.99 * sustained);
        }
    }

    /** Grants a nanosecond when somebody always waits. */
    private static double rate(Meter meter, long total) {
        long now = 0;
        for (long i = 0; i < total; i++) {
            now = meter.nextAt(now, 1);
            meter.grant(now, 1);
        }
        return (double) total / Math.max(1, now);
    }
}
