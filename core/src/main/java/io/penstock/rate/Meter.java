package io.penstock.rate;

import java.time.Duration;

/**
 * The arithmetic of one limit: pure functions of {@code now}, in nanoseconds, without a clock.
 *
 * <p>For one thread at a time.
 */
interface Meter {

    /** An instant so long ago that it never matters, with room to add and subtract. */
    long NEVER = Long.MIN_VALUE / 4;

    /** The earliest instant, not before {@code now}, at which {@code cost} grants may be made at once; reserves nothing. */
    long nextAt(long now, int cost);

    /** Records {@code cost} grants at {@code at}, which {@link #nextAt} allowed. */
    void grant(long at, int cost);

    /** Takes the last {@link #grant} back; only right while no later one exists. */
    void revoke();

    /** Counts {@code spent} grants, made nobody knows when, as made at {@code at}: the strictest they can have been. */
    void assume(long at, long spent);

    /**
     * Records {@code cost} more as spent at {@code at} though nobody had leave for it: a debt that delays the next grant. What
     * exceeds a whole window is owed over several.
     */
    void owe(long at, long cost);

    /** Gives back up to {@code cost} of what was granted at {@code at}, as far as that can be told from later grants. */
    void refund(long at, int cost);

    /** How much of the limit is spent in the window that ends now. */
    long used(long now);

    /** The most that can ever be granted at once. */
    int most();

    /** The meter that keeps {@code limit}: the exact window unless it is spaced or too large to remember. */
    static Meter of(RateLimit limit) {
        long period = limit.window().toNanos() + guard(limit.window().toNanos());
        if (limit.burst().isEmpty() && limit.permits() <= ExactWindow.LARGEST) {
            return new ExactWindow(limit.permits(), period);
        }
        int burst = limit.burst().orElse(Math.max(1, limit.permits() / 20));
        return new Spacing(limit.permits(), burst, period);
    }

    /**
     * What a window is lengthened by, in nanoseconds: the server sees arrivals, not sends, and the network moves them.
     */
    static long guard(long window) {
        long most = Duration.ofMillis(250).toNanos();
        long least = Duration.ofMillis(20).toNanos();
        return Math.min(most, Math.max(least, window / 20));
    }
}
