package io.penstock.record;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes pages may hold together: one budget for all readers of a run.
 *
 * <p>Nobody ever waits for it, so that nobody can wait for ever. What is there already is counted without asking ({@link #add});
 * what could be done without is asked for ({@link #take}): a body that gets no more is streamed instead of held, a reader that
 * finds no room does not read ahead.
 *
 * <p>It travels in the Reactor context under its class, from the run to whoever holds bytes for it. Safe for concurrent use.
 */
public final class HeldBytes {

    private final AtomicLong free;

    private HeldBytes(long most) {
        this.free = new AtomicLong(most);
    }

    /** Room for {@code most} bytes. */
    public static HeldBytes of(long most) {
        return new HeldBytes(most);
    }

    /** Room for {@code share} of the largest heap this process may have, such as 0.25. */
    public static HeldBytes ofHeap(double share) {
        return of((long) (Runtime.getRuntime().maxMemory() * share));
    }

    /** Takes {@code count} bytes, all or none. */
    public boolean take(long count) {
        if (free.addAndGet(-count) >= 0) {
            return true;
        }
        free.addAndGet(count);
        return false;
    }

    /** Counts {@code count} bytes that are there whether there is room for them or not. */
    public void add(long count) {
        free.addAndGet(-count);
    }

    /** Gives {@code count} bytes back. */
    public void give(long count) {
        free.addAndGet(count);
    }

    /** What nobody has taken; negative if more is there than there is room for. */
    public long free() {
        return free.get();
    }
}
