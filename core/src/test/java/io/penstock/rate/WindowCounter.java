package io.penstock.rate;

import java.util.ArrayDeque;
import java.util.Deque;

/** Counts by brute force how many grants one half-open window holds; knows nothing of how limiters work. */
final class WindowCounter {

    private final long window;
    private final Deque<long[]> grants = new ArrayDeque<>();
    private long inside;
    private long most;

    WindowCounter(long window) {
        this.window = window;
    }

    void grant(long at, int cost) {
        grants.addLast(new long[] {at, cost});
        inside += cost;
        while (at - grants.getFirst()[0] >= window) {
            inside -= grants.removeFirst()[1];
        }
        most = Math.max(most, inside);
    }

    /** The fullest window so far. */
    long most() {
        return most;
    }
}
