package io.penstock.rate;

import java.time.Duration;

/**
 * The arithmetic of one limit: pure functions of {@code now}, in nanoseconds, without a clock.
 *
 * <p>For one thread at a time.
 */
interface Meter {

    /** The earliest instant, not before {@code now}, at which {@code cost} grants may be made at once; reserves nothing. */
    long nextAt(long now, int cost);

    /** Records {@code cost} grants at {@code at}, which {@link #nextAt} allowed. */
    void grant(long at, int cost);

    /** Takes the last {@link #grant} back; only right while no later one exists. */
    void revoke();

    /** The most that can ever be granted at once. */
    int most();

    /** The meter that keeps {@code limit}: the exact window unless it is spaced or too large to remember. */
    static Meter of(RateLimit limit) {
        int burst = limit.burst().orElse(0);
        if (burst == 0 && limit.permits() <= ExactWindow.LARGEST) {
            return new ExactWindow(limit.permits(), limit.window().toNanos());
        }
        int size = burst > 0 ? burst : Math.max(1, limit.permits() / 20);
        return new Spacing(limit.permits(), size, limit.window().toNanos());
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
