package io.penstock.rate;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** Wakes a budget for the first in line, once at a time. Guarded by its owner. */
final class Alarm {

    private final Scheduler timer;
    private final Runnable ring;
    private @Nullable Disposable set;
    private long at;
    private @Nullable RejectedExecutionException gone;

    Alarm(Scheduler timer, Runnable ring) {
        this.timer = timer;
        this.ring = ring;
    }

    /** Rings at {@code when}, unless it is set to ring earlier. */
    void wakeAt(long when, long now) {
        if (set != null && at <= when) {
            return;
        }
        stop();
        try {
            at = when;
            set = timer.schedule(ring, when - now, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException shutDown) {
            gone = shutDown;
        }
    }

    /** It has rung. */
    void rang() {
        set = null;
    }

    void stop() {
        if (set != null) {
            set.dispose();
            set = null;
        }
    }

    /** Why it will never ring, if the timer was shut down. */
    @Nullable RejectedExecutionException gone() {
        return gone;
    }
}
