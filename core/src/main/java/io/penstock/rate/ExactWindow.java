package io.penstock.rate;

import java.util.Arrays;

/**
 * No half-open window of length W holds more than L grants, in any pattern: remembers the last L of them.
 *
 * <p>Invariant: {@code grant[i + L] - grant[i] >= W + guard} for every i.
 */
final class ExactWindow implements Meter {

    /** Above this many permits remembering each grant costs more than spacing them. */
    static final int LARGEST = 10_000;

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final long[] ring;
    private final long period;
    private int head;
    private int lastCost;
    private final long[] overwritten;

    ExactWindow(int permits, long window) {
        ring = new long[permits];
        Arrays.fill(ring, NEVER);
        period = window + Meter.guard(window);
        overwritten = new long[permits];
    }

    @Override
    public long nextAt(long now, int cost) {
        // the youngest of the `cost` grants that the new ones push out decides
        long pushedOut = ring[(head + cost - 1) % ring.length];
        long newest = ring[(head + ring.length - 1) % ring.length];
        return Math.max(now, Math.max(newest, pushedOut + period));
    }

    @Override
    public void grant(long at, int cost) {
        for (int i = 0; i < cost; i++) {
            overwritten[i] = ring[head];
            ring[head] = at;
            head = (head + 1) % ring.length;
        }
        lastCost = cost;
    }

    @Override
    public void revoke() {
        for (int i = lastCost - 1; i >= 0; i--) {
            head = (head + ring.length - 1) % ring.length;
            ring[head] = overwritten[i];
        }
        lastCost = 0;
    }

    @Override
    public int most() {
        return ring.length;
    }
}
