package io.penstock.retry;

/**
 * The arithmetic of a retry budget: a bucket that fills by half a token a second.
 *
 * <p>The level is kept as the nanoseconds it takes to fill it, so nothing drifts. For one thread at a time; {@code now} never
 * goes back.
 */
final class Tokens {

    /** A full bucket. */
    static final int MOST = 500;

    /** How long one token takes to come by itself. */
    static final long EACH = 2_000_000_000L;

    private long level;
    private long asOf;

    Tokens(long now, int tokens) {
        this.asOf = now;
        this.level = tokens * EACH;
    }

    private void fill(long now) {
        level = Math.min(MOST * EACH, level + Math.max(0, now - asOf));
        asOf = Math.max(asOf, now);
    }

    /** Takes {@code cost} tokens if they are there. */
    boolean take(long now, int cost) {
        fill(now);
        if (level < cost * EACH) {
            return false;
        }
        level -= cost * EACH;
        return true;
    }

    /** Puts tokens back, up to a full bucket. */
    void give(long now, int tokens) {
        fill(now);
        level = Math.min(MOST * EACH, level + tokens * EACH);
    }

    /** How many nanoseconds from {@code now} until {@code cost} tokens are there, if nobody gives or takes any. */
    long until(long now, int cost) {
        fill(now);
        return Math.max(0, cost * EACH - level);
    }

    /** Whole tokens there are. */
    int count(long now) {
        fill(now);
        return (int) (level / EACH);
    }
}
