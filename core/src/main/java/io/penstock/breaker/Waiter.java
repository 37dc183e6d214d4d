package io.penstock.breaker;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/** One who asks for a pass. */
final class Waiter {

    private final CircuitBreaker breaker;
    private final MonoSink<Pass> sink;
    private boolean asked;
    private boolean cancelled;
    private @Nullable Pass pass;

    Waiter(CircuitBreaker breaker, MonoSink<Pass> sink) {
        this.breaker = breaker;
        this.sink = sink;
    }

    void ask(long demand) {
        synchronized (this) {
            if (asked || cancelled) {
                return;
            }
            asked = true;
        }
        breaker.join(this);
        synchronized (this) {
            if (!cancelled) {
                return;
            }
        }
        breaker.forget(this); // cancelled on the way into the line
    }

    /** Emits a pass, or an error if there is none because the timer is gone; gives it back if nobody wants it any more. */
    void hand(@Nullable Pass given) {
        if (given == null) {
            sink.error(new IllegalStateException("the timer of this breaker was shut down"));
            return;
        }
        synchronized (this) {
            pass = given;
        }
        try {
            if (!over()) {
                sink.success(given);
            }
        } finally { // cancelled before it arrived, or on the way: nobody else would give it back
            if (over()) {
                given.release();
            }
        }
    }

    private synchronized boolean over() {
        return cancelled;
    }

    /** Never called once the pass has arrived. */
    void cancel() {
        Pass given;
        synchronized (this) {
            cancelled = true;
            given = pass;
        }
        if (given != null) {
            given.release();
        }
        breaker.forget(this);
    }
}
