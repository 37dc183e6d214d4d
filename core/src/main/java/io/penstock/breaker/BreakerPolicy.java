package io.penstock.breaker;

import io.penstock.config.Problems;
import java.time.Duration;

/**
 * When a circuit opens and for how long.
 *
 * <p>Immutable and safe for concurrent use.
 */
public final class BreakerPolicy {

    /** The last 20 results, judged from 10 on: open at half of them failed or four fifths slow, for 15 s to 60 s. */
    public static final BreakerPolicy DEFAULT = builder().build();

    /** A breaker that lets everything pass. */
    public static final BreakerPolicy DISABLED = builder().enabled(false).build();

    private final boolean enabled;
    private final int window;
    private final int judgedFrom;
    private final int failurePercent;
    private final int slowPercent;
    private final Duration slow;
    private final Duration base;
    private final Duration cap;
    private final Duration calm;
    private final int probes;

    private BreakerPolicy(Builder builder) {
        enabled = builder.enabled;
        window = builder.window;
        judgedFrom = builder.judgedFrom;
        failurePercent = builder.failurePercent;
        slowPercent = builder.slowPercent;
        slow = builder.slow;
        base = builder.base;
        cap = builder.cap;
        calm = builder.calm;
        probes = builder.probes;
    }

    /** A policy that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    boolean enabled() {
        return enabled;
    }

    int window() {
        return window;
    }

    int probes() {
        return probes;
    }

    long calm() {
        return calm.toNanos();
    }

    /** Whether a success that took {@code nanos} to begin counts as slow. */
    boolean slow(long nanos) {
        return nanos >= slow.toNanos();
    }

    /** Whether so many of the last results are too many. */
    boolean tooBad(int results, int failures, int slows) {
        return results >= judgedFrom
                && (100L * failures >= (long) failurePercent * results || 100L * slows >= (long) slowPercent * results);
    }

    /**
     * How long a circuit stays open that has been opened {@code former} times in a row before.
     *
     * @param chance between 0 and 1, spreads it by a fifth to either side
     */
    long openFor(int former, double chance) {
        long nominal = base.toNanos();
        for (int i = 0; i < former && nominal < cap.toNanos(); i++) {
            nominal *= 2;
        }
        return (long) (Math.min(nominal, cap.toNanos()) * (0.8 + 0.4 * chance));
    }

    /** Gathers settings; setters only store. */
    public static final class Builder {

        private static final int WIDEST = 60;
        private static final Duration LONGEST = Duration.ofDays(1);

        private boolean enabled = true;
        private int window = 20;
        private int judgedFrom = 10;
        private int failurePercent = 50;
        private int slowPercent = 80;
        private Duration slow = Duration.ofSeconds(30);
        private Duration base = Duration.ofSeconds(15);
        private Duration cap = Duration.ofSeconds(60);
        private Duration calm = Duration.ofMinutes(5);
        private int probes = 3;

        private Builder() {}

        /** Whether it opens at all; default yes. */
        public Builder enabled(boolean on) {
            enabled = on;
            return this;
        }

        /** How many of the last results are judged, 1 to 60; default 20. */
        public Builder window(int results) {
            window = results;
            return this;
        }

        /** From how many results on they are judged, 1 to the window; default 10. */
        public Builder judgedFrom(int results) {
            judgedFrom = results;
            return this;
        }

        /** At which share of failures it opens, 1 to 100 percent; default 50. */
        public Builder failurePercent(int percent) {
            failurePercent = percent;
            return this;
        }

        /** At which share of slow answers it opens, 1 to 100 percent; default 80. */
        public Builder slowPercent(int percent) {
            slowPercent = percent;
            return this;
        }

        /** From which time to the header section on an answer is slow; default 30 s. */
        public Builder slow(Duration time) {
            slow = time;
            return this;
        }

        /** How long it stays open the first time, give or take a fifth; it doubles each time in a row; default 15 s. */
        public Builder base(Duration time) {
            base = time;
            return this;
        }

        /** The longest time it stays open, give or take a fifth; default 60 s. */
        public Builder cap(Duration time) {
            cap = time;
            return this;
        }

        /** After which time closed it counts as healthy again, so that it opens for {@link #base} only; default 5 min. */
        public Builder calm(Duration time) {
            calm = time;
            return this;
        }

        /** How many probes in a row must succeed before it closes, 1 to 60; default 3. */
        public Builder probes(int successes) {
            probes = successes;
            return this;
        }

        /**
         * Judges all settings together.
         *
         * @throws io.penstock.error.BadConfig.ConfigError naming every setting that is out of range
         */
        public BreakerPolicy build() {
            Problems problems = new Problems();
            range(problems, "window", window, WIDEST);
            range(problems, "judgedFrom", judgedFrom, Math.max(1, window));
            range(problems, "failurePercent", failurePercent, 100);
            range(problems, "slowPercent", slowPercent, 100);
            range(problems, "probes", probes, WIDEST);
            time(problems, "slow", slow);
            time(problems, "base", base);
            time(problems, "cap", cap);
            time(problems, "calm", calm);
            problems.require(
                    cap.compareTo(base) >= 0, "cap", "expected at least " + base + " as base is, found " + cap);
            problems.throwIfAny("the circuit breaker");
            return new BreakerPolicy(this);
        }

        private static void range(Problems problems, String name, int value, int most) {
            problems.require(value >= 1 && value <= most, name, "expected 1 to " + most + ", found " + value);
        }

        private static void time(Problems problems, String name, Duration value) {
            problems.require(
                    !value.isNegative() && !value.isZero() && value.compareTo(LONGEST) <= 0,
                    name,
                    "expected more than no time and at most 24 hours, found " + value);
        }
    }
}
