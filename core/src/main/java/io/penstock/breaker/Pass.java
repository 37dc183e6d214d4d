package io.penstock.breaker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Leave to send one request through a circuit, and the duty to tell how it ended: the first word counts.
 *
 * <p>Safe for concurrent use.
 */
public final class Pass {

    private static final int NOTHING = 0;
    private static final int SUCCESS = 1;
    private static final int OVER = 2;

    private final CircuitBreaker breaker;
    private final long period;
    private final boolean probe;
    private final AtomicInteger told = new AtomicInteger();

    Pass(CircuitBreaker breaker, long period, boolean probe) {
        this.breaker = breaker;
        this.period = period;
        this.probe = probe;
    }

    /** Whether the circuit is probed with it: its result should be told as soon as it is known. */
    public boolean probe() {
        return probe;
    }

    /** Whether it still opens the circuit: false once that has opened since. Then it is to be released and asked for anew. */
    public boolean current() {
        return breaker.current(period);
    }

    /**
     * The server works.
     *
     * @param began how long it took until the answer began, which tells a slow one
     */
    public void succeeded(Duration began) {
        if (told.compareAndSet(NOTHING, SUCCESS)) {
            breaker.returned();
            breaker.succeeded(period, began.toNanos());
        }
    }

    /**
     * The server does not work; counts even after a success has been told, if the answer broke off later.
     *
     * @param asked how long the server wants to be left alone; zero if it did not say
     */
    public void failed(Duration asked) {
        int before = told.getAndSet(OVER);
        if (before == NOTHING) {
            breaker.returned();
        }
        if (before != OVER) {
            breaker.failed(period, asked);
        }
    }

    /** The request says nothing of the server, or was never sent; a probe's place is free again. */
    public void release() {
        if (told.compareAndSet(NOTHING, OVER)) {
            breaker.returned();
            if (probe) {
                breaker.forgetProbe(period);
            }
        }
    }
}
