package io.penstock.line;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The place in a line of one who waits for something that must be given back.
 *
 * <p>What is handed to one who has cancelled goes back at once, so nothing is ever lost between the line and those who wait. Safe
 * for concurrent use.
 *
 * @param <T> what is handed out
 */
public final class Ticket<T> {

    private final MonoSink<T> sink;
    private final Consumer<Ticket<T>> join;
    private final Consumer<Ticket<T>> leave;
    private final Consumer<T> giveBack;
    private boolean asked;
    private boolean cancelled;
    private @Nullable T handed;

    private Ticket(MonoSink<T> sink, Consumer<Ticket<T>> join, Consumer<Ticket<T>> leave, Consumer<T> giveBack) {
        this.sink = sink;
        this.join = join;
        this.leave = leave;
        this.giveBack = giveBack;
    }

    /**
     * Emits what the line hands out.
     *
     * <p>Nobody joins before there is demand; every subscription joins anew. One that cancels leaves the line.
     *
     * @param join called once, with demand; may hand out at once
     * @param leave called when one cancels, whether still in the line or not
     * @param giveBack takes what is not wanted any more
     */
    public static <T> Mono<T> ask(Consumer<Ticket<T>> join, Consumer<Ticket<T>> leave, Consumer<T> giveBack) {
        return Mono.create(sink -> {
            Ticket<T> ticket = new Ticket<>(sink, join, leave, giveBack);
            sink.onCancel(ticket::cancel);
            sink.onRequest(ticket::request);
        });
    }

    private void request(long demand) {
        synchronized (this) {
            if (asked || cancelled) {
                return;
            }
            asked = true;
        }
        join.accept(this);
        if (over()) {
            leave.accept(this); // cancelled on the way into the line
        }
    }

    /** Emits {@code given}, or gives it back if nobody wants it any more. To be called once, outside all locks. */
    public void hand(T given) {
        synchronized (this) {
            handed = given;
        }
        try {
            if (!over()) {
                sink.success(given);
            }
        } finally { // cancelled before it arrived, or on the way: nobody else would give it back
            if (over()) {
                giveBack.accept(given);
            }
        }
    }

    /** Ends the wait with a failure. To be called outside all locks. */
    public void refuse(Throwable failure) {
        sink.error(failure);
    }

    private synchronized boolean over() {
        return cancelled;
    }

    /** Never called once what it asked for has arrived. */
    private void cancel() {
        @Nullable T given;
        synchronized (this) {
            cancelled = true;
            given = handed;
        }
        if (given != null) {
            giveBack.accept(given);
        }
        leave.accept(this);
    }
}
