package io.penstock.retry;

import java.time.Duration;

/** How failed tries are repeated. Immutable. */
public final class RetryPolicy {

    /** Eight tries with full jitter from 0.2 s up to 60 s, within 15 minutes. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(8, Duration.ofMinutes(15));

    private final int maxAttempts;
    private final Duration maxElapsed;

    private RetryPolicy(int maxAttempts, Duration maxElapsed) {
        this.maxAttempts = maxAttempts;
        this.maxElapsed = maxElapsed;
    }

    /** How many tries, the first one included. */
    public int maxAttempts() {
        return maxAttempts;
    }

    /** How long all tries of one request together may take. */
    public Duration maxElapsed() {
        return maxElapsed;
    }
}
