package io.penstock.line;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work that one thread does at a time, outside all locks: who wants it done meanwhile leaves word and goes on.
 *
 * <p>Safe for concurrent use; the work may ask for itself again.
 */
public final class Drain {

    private final AtomicInteger wanted = new AtomicInteger();
    private final Runnable work;

    /** {@code work} is done anew for whoever asks after it has begun. */
    public Drain(Runnable work) {
        this.work = work;
    }

    /**
     * Does the work, or leaves it to the thread that is at it.
     *
     * <p>The work may throw, because a subscriber does what must not be caught. Others have counted on this thread by then, so it
     * goes on for them and throws at the end.
     */
    public void run() {
        if (wanted.getAndIncrement() != 0) {
            return;
        }
        Throwable thrown = null;
        int missed = 1;
        while (missed != 0) {
            try {
                work.run();
                missed = wanted.addAndGet(-missed);
            } catch (RuntimeException | Error bySubscriber) {
                thrown = thrown == null ? bySubscriber : thrown;
            }
        }
        if (thrown instanceof Error error) {
            throw error;
        } else if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
