package io.penstock.retry;

import java.util.random.RandomGenerator;

/** The length of the waits between tries, in nanoseconds. */
final class Backoff {

    private static final int LARGEST_EXPONENT = 30;

    private final long base;
    private final long cap;
    private final Jitter jitter;
    private long last;

    Backoff(long base, long cap, Jitter jitter) {
        this.base = base;
        this.cap = cap;
        this.jitter = jitter;
        this.last = base;
    }

    /** The most that retry {@code n} waits under full jitter; 1 is the first retry. */
    static long ceiling(long base, long cap, int n) {
        int exponent = Math.min(LARGEST_EXPONENT, n - 1);
        return base > cap >> exponent ? cap : base << exponent;
    }

    long next(int n, RandomGenerator random) {
        if (jitter == Jitter.FULL) {
            return random.nextLong(ceiling(base, cap, n) + 1);
        }
        last = Math.min(cap, base + random.nextLong(Math.max(1, 3 * last - base + 1)));
        return last;
    }
}
