package io.penstock.rate;

/**
 * How many requests may be under way at once: a number that is given, or one that is learned.
 *
 * <p>Learned, it begins at four (or the ceiling, if that is less) and feels its way for an API that publishes no limit: one more
 * after as many successes as there are slots, provided that all of them were used; seven tenths of it after a throttle, a server
 * error or a timeout, never below one. Requests that were under way together are cut for once. Not thread-safe.
 */
final class Slots {

    private static final int FIRST = 4;

    private int ceiling = Integer.MAX_VALUE;
    private int now = Integer.MAX_VALUE;
    private boolean learned;
    private int taken;
    private boolean full;
    private int successes;
    private long cutAt;

    /** At most so many from now on. */
    void narrow(int most, boolean learn) {
        ceiling = Math.min(ceiling, most);
        if (learn && !learned) {
            learned = true;
            now = Math.min(FIRST, now);
        }
        now = learned ? Math.min(now, ceiling) : ceiling;
    }

    boolean free() {
        if (taken < now) {
            return true;
        }
        full = true;
        return false;
    }

    void take() {
        taken++;
        full |= taken == now;
    }

    void giveBack() {
        taken--;
    }

    /** The request of a grant went well. */
    void served() {
        if (!learned || !full || now >= ceiling) {
            return;
        }
        successes++;
        if (successes >= now) {
            now++;
            restart();
        }
    }

    /**
     * The request of {@code grant} met a server that has too much to do.
     *
     * @param newest the newest grant so far
     */
    void pushedBack(long grant, long newest) {
        if (learned && grant > cutAt) {
            now = Math.max(1, (int) (now * 7L / 10));
            cutAt = newest;
            restart();
        }
    }

    private void restart() {
        successes = 0;
        full = false;
    }

    int taken() {
        return taken;
    }

    /** How many there are now; {@link Integer#MAX_VALUE} if nobody has said. */
    int count() {
        return now;
    }
}
