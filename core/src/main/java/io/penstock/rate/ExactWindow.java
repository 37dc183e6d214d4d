package io.penstock.rate;

import java.time.Duration;
import java.util.Arrays;

/**
 * No half-open window of length W holds more than L grants, in any pattern: remembers the last L of them.
 *
 * <p>Invariant: {@code grant[i + L] - grant[i] >= period} for every i.
 */
final class ExactWindow implements Meter {

    /** Above this many permits remembering each grant costs more than spacing them. */
    static final int LARGEST = 10_000;

    /** Nothing is owed for longer than this, in nanoseconds. */
    private static final long FARTHEST = Duration.ofDays(366).toNanos();

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
        return Math.max(now, Math.max(newest(), pushedOut + period));
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
        owe(at, Math.min(spent, ring.length));
    }

    @Override
    public void owe(long at, long cost) {
        long left = Math.min(cost, ring.length * Math.max(1, FARTHEST / period));
        long free = ring.length - used(at);
        long when = at;
        for (int part = (int) Math.min(left, free > 0 ? free : ring.length); left > 0; ) {
            when = nextAt(when, part);
            grant(when, part);
            left -= part;
            part = (int) Math.min(left, ring.length);
        }
    }

    @Override
    public void refund(long at, int cost) {
        int age = 1; // 1 is the newest
        while (age <= ring.length && ring[place(age)] > at) {
            age++;
        }
        int oldest = age;
        while (oldest <= ring.length && oldest - age < cost && ring[place(oldest)] == at) {
            oldest++;
        }
        int gone = oldest - age;
        for (int i = age; gone > 0 && i <= ring.length; i++) {
            ring[place(i)] = i + gone <= ring.length ? ring[place(i + gone)] : NEVER;
        }
    }

    /** Where the one stands that is so many back. */
    private int place(int age) {
        return head >= age ? head - age : head - age + ring.length;
    }

    private long newest() {
        return ring[place(1)];
    }

    @Override
    public long used(long now) {
        int inside = 0;
        while (inside < ring.length && ring[place(inside + 1)] > now - period) {
            inside++;
        }
        return inside;
    }

    @Override
    public int most() {
        return ring.length;
    }
}
