package io.penstock.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much the bodies of one transport may hold together while they are not yet proven.
 *
 * <p>Nobody waits for it: a body that gets no more is not held any longer but streamed. Safe for concurrent use.
 */
final class HeldBytes {

    private final AtomicLong free;

    /** Room for {@code most} bytes. */
    HeldBytes(long most) {
        this.free = new AtomicLong(most);
    }

    /** A quarter of the heap. */
    static HeldBytes ofHeap() {
        return new HeldBytes(Runtime.getRuntime().maxMemory() / 4);
    }

    /** Takes {@code count} bytes, all or none. */
    boolean take(long count) {
        if (free.addAndGet(-count) >= 0) {
            return true;
        }
        free.addAndGet(count);
        return false;
    }

    /** Gives {@code count} bytes back. */
    void give(long count) {
        free.addAndGet(count);
    }

    /** What nobody has taken. */
    long free() {
        return free.get();
    }
}
