package io.penstock.retry;

import io.penstock.config.Problems;
import io.penstock.message.ApiRequest;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import reactor.util.context.ContextView;

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
    private final Set<Integer> statuses;

    private RetryPolicy(Builder builder) {
        maxAttempts = builder.maxAttempts;
        maxElapsed = builder.maxElapsed;
        base = builder.base;
        throttleBase = builder.throttleBase;
        cap = builder.cap;
        maxRetryAfter = builder.maxRetryAfter;
        jitter = builder.jitter;
        statuses = Set.copyOf(builder.statuses);
    }

    /** A policy that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The policy applied to one request, for one subscriber.
     *
     * @param request says whether it may be sent twice
     * @param means what waiting takes
     * @param context of the subscriber, which may hold a {@link RunDeadline}
     */
    public Tries tries(ApiRequest request, Tries.Means means, ContextView context) {
        return new Tries(this, request, means, RunDeadline.of(context).orElse(null));
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

    /** Whether an answer of {@code status} is repeated. */
    public boolean retries(int status) {
        return statuses.contains(status);
    }

    Backoff backoff(boolean throttle) {
        return new Backoff((throttle ? throttleBase : base).toNanos(), cap.toNanos(), jitter);
    }

    /** Gathers settings; setters only store. */
    public static final class Builder {

        private static final int MOST_ATTEMPTS = 1000;
        private static final Duration LONGEST = Duration.ofDays(366);

        private int maxAttempts = 8;
        private Duration maxElapsed = Duration.ofMinutes(15);
        private Duration base = Duration.ofMillis(200);
        private Duration throttleBase = Duration.ofSeconds(1);
        private Duration cap = Duration.ofSeconds(60);
        private Duration maxRetryAfter = Duration.ofMinutes(15);
        private Jitter jitter = Jitter.FULL;
        private final Set<Integer> statuses = new TreeSet<>(Statuses.RETRYABLE);

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

        /** Repeats answers of {@code status} as well; 400 to 599 but neither 401, 403 nor 407. */
        public Builder retryOn(int status) {
            statuses.add(status);
            return this;
        }

        /** Does not repeat answers of {@code status}; 429 always is. */
        public Builder failOn(int status) {
            statuses.remove(status);
            return this;
        }

        /**
         * Judges all settings together.
         *
         * @throws io.penstock.error.BadConfig.ConfigError naming every setting that is out of range
         */
        public RetryPolicy build() {
            Problems problems = new Problems();
            problems.require(
                    maxAttempts >= 1 && maxAttempts <= MOST_ATTEMPTS,
                    "maxAttempts",
                    "expected 1 to " + MOST_ATTEMPTS + ", found " + maxAttempts);
            judge(problems, "maxElapsed", maxElapsed);
            judge(problems, "base", base);
            judge(problems, "throttleBase", throttleBase);
            judge(problems, "cap", cap);
            judge(problems, "maxRetryAfter", maxRetryAfter);
            Duration largest = base.compareTo(throttleBase) > 0 ? base : throttleBase;
            problems.require(
                    cap.compareTo(largest) >= 0,
                    "cap",
                    "expected at least " + largest + " as base and throttleBase are, found " + cap);
            statuses.forEach(status -> judge(problems, status));
            problems.require(statuses.contains(429), "failOn", "429 says to come back later and is always repeated");
            problems.throwIfAny("the retry policy");
            return new RetryPolicy(this);
        }

        private static void judge(Problems problems, String name, Duration value) {
            problems.require(
                    !value.isNegative() && !value.isZero() && value.compareTo(LONGEST) <= 0,
                    name,
                    "expected more than no time and at most 366 days, found " + value);
        }

        private static void judge(Problems problems, int status) {
            problems.require(
                    status >= 400 && status <= 599 && !Statuses.ACCESS.contains(status),
                    "retryOn",
                    "expected a status from 400 to 599 other than 401, 403 and 407, found " + status);
        }
    }
}
