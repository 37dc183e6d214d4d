package io.penstock.retry;

import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;

/** How long a request has been under way, without the time in which nobody asked for more of it. Safe for concurrent use. */
final class DemandClock {

    private final Scheduler timer;
    private boolean begun;
    private long demand;
    private long before;
    private long since;

    DemandClock(Scheduler timer) {
        this.timer = timer;
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS);
    }

    /** Starts the clock, once. */
    synchronized void begin() {
        if (!begun) {
            begun = true;
            since = now();
        }
    }

    /** Somebody asks for {@code more}. */
    synchronized void asked(long more) {
        if (demand == 0) {
            since = begun ? now() : 0;
        }
        demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
    }

    /** One that was asked for has come. */
    synchronized void given() {
        if (demand == Long.MAX_VALUE || demand == 0) {
            return;
        }
        demand--;
        if (demand == 0 && begun) {
            before += now() - since;
        }
    }

    /** Nanoseconds since the beginning; 0 before it. */
    synchronized long elapsed() {
        return begun && demand > 0 ? before + now() - since : before;
    }

    /** Whether it runs. */
    synchronized boolean running() {
        return begun && demand > 0;
    }
}
