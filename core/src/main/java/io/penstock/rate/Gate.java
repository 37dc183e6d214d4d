package io.penstock.rate;

/**
 * What servers ask for: a closed gate, or a few requests until a reset. It can only slow down. In nanoseconds; for one thread
 * at a time.
 */
final class Gate {

    private long closedUntil = Long.MIN_VALUE;
    private long resetAt = Long.MIN_VALUE;
    private long left;
    private long gap;
    private long lastGrant = Long.MIN_VALUE / 2;

    /** Nothing passes before {@code until}; an earlier instant than one already set changes nothing. */
    void closeUntil(long until) {
        closedUntil = Math.max(closedUntil, until);
    }

    /**
     * At most {@code remaining} pass until {@code reset}.
     *
     * @param low whether that is little of the quota, so that they are spaced instead of spent at once
     */
    void hint(long now, long remaining, long reset, boolean low) {
        boolean sameWindow = now < resetAt;
        left = sameWindow ? Math.min(left, remaining) : remaining;
        resetAt = Math.max(sameWindow ? resetAt : Long.MIN_VALUE, now + reset);
        gap = low ? reset / Math.max(1, left) : 0;
    }

    long nextAt(long now, int cost) {
        long at = Math.max(now, closedUntil);
        if (at >= resetAt) {
            return at;
        }
        return left < cost ? resetAt : Math.min(resetAt, Math.max(at, lastGrant + gap));
    }

    void granted(long at, int cost) {
        lastGrant = at;
        if (at < resetAt) {
            left -= cost;
        }
    }

    /** How long it stays closed, in nanoseconds; 0 if it is open. */
    long untilOpen(long now) {
        return Math.max(0, nextAt(now, 1) - now);
    }
}
