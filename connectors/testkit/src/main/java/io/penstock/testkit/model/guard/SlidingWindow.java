package io.penstock.testkit.model.guard;

import java.util.Arrays;

/**
 * The instants, in nanoseconds, of what was recorded during the last window. Exact: it keeps every one of them. Not
 * safe for concurrent use.
 */
final class SlidingWindow {

    private final long window;
    private long[] ring = new long[64];
    private int head;
    private int size;

    SlidingWindow(long windowNanos) {
        this.window = windowNanos;
    }

    /** How many were recorded in the window that ends, inclusively, at {@code now}. */
    int count(long now) {
        while (size > 0 && now - ring[head] >= window) {
            head = (head + 1) & (ring.length - 1);
            size--;
        }
        return size;
    }

    /** Records one more; instants never go backwards. */
    void add(long now) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size++) & (ring.length - 1)] = now;
    }

    /** How long until the oldest leaves the window; zero if there is none. */
    long untilFree(long now) {
        return count(now) == 0 ? 0 : ring[head] + window - now;
    }

    private void grow() {
        long[] larger = Arrays.copyOfRange(ring, head, head + ring.length * 2);
        System.arraycopy(ring, 0, larger, ring.length - head, head);
        ring = larger;
        head = 0;
    }
}
