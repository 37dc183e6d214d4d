package io.penstock.rate;

import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * Hands out leave to send requests, within every limit of one budget: the one that an origin grants a credential.
 *
 * <p>Share one instance between all streams that spend the same budget. Safe for concurrent use; holds no thread. Nothing
 * here assumes that the budget is kept in this process.
 */
public interface Permits {

    /**
     * Emits one permit as soon as {@code cost} may be spent under all limits together and a concurrency slot is free.
     *
     * <p>Nothing is reserved before subscription; every subscription asks anew. Askers are served in the order they came. One
     * that cancels while waiting leaves no trace; a permit that meets a cancelled asker is given back. The permit MUST be
     * released when the answer has been read, has failed or was cancelled.
     *
     * @param cost between 1 and the smallest limit
     * @return errors with {@link IllegalArgumentException} if {@code cost} can never be granted, and with nothing else
     */
    Mono<Permit> acquire(int cost);

    /** Lets nothing more pass before {@code wait} is over; a shorter wait than one already running changes nothing. */
    void hold(Duration wait);

    /**
     * Takes note of what the server says is left; it can only slow down, never speed up.
     *
     * @param remaining how many requests the server still allows until the reset
     * @param reset how long until it allows more
     */
    void hint(long remaining, Duration reset);

    /** What the budget looks like now. */
    Usage usage();

    /** Leave to send one request. */
    interface Permit {

        /** Gives the concurrency slot back; the spent quota stays spent. Idempotent. */
        void release();
    }

    /**
     * A glance at a budget.
     *
     * @param waiting how many ask and wait
     * @param inFlight how many permits are out
     * @param granted how many were ever granted
     * @param untilOpen how long the gate stays closed; zero if it is open
     */
    record Usage(int waiting, int inFlight, long granted, Duration untilOpen) {}
}
