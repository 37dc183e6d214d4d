package io.penstock.retry;

import io.penstock.config.Problems;
import io.penstock.message.ApiRequest;
import java.time.Duration;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * How failed tries are repeated.
 *
 * <p>Immutable and safe for concurrent use.
 */
public final class RetryPolicy {

    /** Eight tries with full jitter from 0.2 s (1 s after a throttle) up to 60 s, within 15 minutes. */
    public static final RetryPolicy DEFAULT = builder().build();

    private final int maxAttempts;
    private final Duration maxElapsed;
    private final Duration base;
    private final Duration throttleBase;
    private final Duration cap;
    private final Duration maxRetryAfter;
    private final Jitter jitter;

    private RetryPolicy(Builder builder) {
        maxAttempts = builder.maxAttempts;
        maxElapsed = builder.maxElapsed;
        base = builder.base;
        throttleBase = builder.throttleBase;
        cap = builder.cap;
        maxRetryAfter = builder.maxRetryAfter;
        jitter = builder.jitter;
    }

    /** A policy that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The policy applied to one request, for {@code retryWhen}; each subscription counts anew.
     *
     * @param request says whether it may be sent twice
     * @param timer clock and timer of the waits
     * @param random spreads the waits
     * @param listener is told of every repeat
     */
    public Retry on(ApiRequest request, Scheduler timer, RandomGenerator random, RetryListener listener) {
        return new RequestRetry(this, request, timer, random, listener);
    }

    /** How many tries, the first one included. */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** How long all tries of one request together may take. */
    public Duration maxElapsed() {
        return maxElapsed;
    }

    /** The longest {@code Retry-After} that is sat out. */
    public Duration maxRetryAfter() {
        return maxRetryAfter;
    }

    Backoff backoff(boolean throttle) {
        return new Backoff((throttle ? throttleBase : base).toNanos(), cap.toNanos(), jitter);
    }

    /** Gathers settings; setters only store. */
    public static final class Builder {

        private int maxAttempts = 8;
        private Duration maxElapsed = Duration.ofMinutes(15);
        private Duration base = Duration.ofMillis(200);
        private Duration throttleBase = Duration.ofSeconds(1);
        private Duration cap = Duration.ofSeconds(60);
        private Duration maxRetryAfter = Duration.ofMinutes(15);
        private Jitter jitter = Jitter.FULL;

        private Builder() {}

        /** How many tries, the first one included; default 8. */
        public Builder maxAttempts(int attempts) {
            maxAttempts = attempts;
            return this;
        }

        /** How long all tries of one request together may take; default 15 minutes. */
        public Builder maxElapsed(Duration elapsed) {
            maxElapsed = elapsed;
            return this;
        }

        /** The first ceiling after a transient failure; default 0.2 s. */
        public Builder base(Duration wait) {
            base = wait;
            return this;
        }

        /** The first ceiling after a throttle without a hint; default 1 s. */
        public Builder throttleBase(Duration wait) {
            throttleBase = wait;
            return this;
        }

        /** The largest ceiling; default 60 s. */
        public Builder cap(Duration wait) {
            cap = wait;
            return this;
        }

        /** The longest {@code Retry-After} that is sat out; default 15 minutes. */
        public Builder maxRetryAfter(Duration wait) {
            maxRetryAfter = wait;
            return this;
        }

        /** How waits are spread; default {@link Jitter#FULL}. */
        public Builder jitter(Jitter spread) {
            jitter = spread;
            return this;
        }

        /**
         * Judges all settings together.
         *
         * @throws io.penstock.error.BadConfig.ConfigError naming every setting that is out of range
         */
        public RetryPolicy build() {
            Problems problems = new Problems();
            problems.require(maxAttempts >= 1, "maxAttempts", "expected at least 1, found " + maxAttempts);
            positive(problems, "maxElapsed", maxElapsed);
            positive(problems, "base", base);
            positive(problems, "throttleBase", throttleBase);
            positive(problems, "maxRetryAfter", maxRetryAfter);
            problems.require(cap.compareTo(base) >= 0, "cap", "expected at least the base " + base + ", found " + cap);
            problems.throwIfAny("the retry policy");
            return new RetryPolicy(this);
        }

        private static void positive(Problems problems, String name, Duration value) {
            problems.require(
                    !value.isNegative() && !value.isZero(), name, "expected more than no time, found " + value);
        }
    }
}
