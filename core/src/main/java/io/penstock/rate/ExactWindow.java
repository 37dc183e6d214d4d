package io.penstock.rate;

import java.util.Arrays;

/**
 * No half-open window of length W holds more than L grants, in any pattern: remembers the last L of them.
 *
 * <p>Invariant: {@code grant[i + L] - grant[i] >= period} for every i.
 */
final class ExactWindow implements Meter {

    /** Above this many permits remembering each grant costs more than spacing them. */
    static final int LARGEST = 10_000;

    private final long[] ring;
    private final long[] overwritten;
    private final long period;
    private int head;
    private int lastCost;

    /** At most {@code permits} in any half-open {@code period}, the guard included. */
    ExactWindow(int permits, long period) {
        ring = new long[permits];
        Arrays.fill(ring, NEVER);
        overwritten = new long[permits];
        this.period = period;
    }

    @Override
    public long nextAt(long now, int cost) {
        // the youngest of the `cost` grants that the new ones push out decides
        int youngest = head + cost - 1;
        long pushedOut = ring[youngest < ring.length ? youngest : youngest - ring.length];
        long newest = ring[head == 0 ? ring.length - 1 : head - 1];
        return Math.max(now, Math.max(newest, pushedOut + period));
    }

    @Override
    public void grant(long at, int cost) {
        for (int i = 0; i < cost; i++) {
            overwritten[i] = ring[head];
            ring[head] = at;
            head = head + 1 == ring.length ? 0 : head + 1;
        }
        lastCost = cost;
    }

    @Override
    public void revoke() {
        for (int i = lastCost - 1; i >= 0; i--) {
            head = (head == 0 ? ring.length : head) - 1;
            ring[head] = overwritten[i];
        }
        lastCost = 0;
    }

    @Override
    public void assume(long at, long spent) {
        grant(at, (int) Math.min(spent, ring.length));
    }

    @Override
    public int most() {
        return ring.length;
    }
}
