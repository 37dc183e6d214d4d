package io.penstock.rate;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
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
     * <p>Nothing is reserved before subscription; every subscription asks anew. The {@link Asker} in the subscriber's context
     * says for whom: askers of one stream are served in the order they came, streams by turns, priorities by their shares. One
     * that cancels while waiting leaves no trace; a permit that meets a cancelled asker is given back. The permit MUST be
     * released when the answer has been read, has failed or was cancelled; cancelling the subscription it came by releases it
     * too, unless the receiver does so out of its own {@code onNext}.
     *
     * <p>Nothing is granted before demand. There are as many waiting as there are callers: whoever bounds callers bounds them.
     *
     * @param cost between 1 and the smallest limit, or its burst if it is spaced
     * @return errors with {@link IllegalArgumentException} if {@code cost} can never be granted, with
     *     {@link IllegalStateException} if the timer was shut down, with what the store says if what was spent has to survive a
     *     restart and cannot be stored, with what {@link #shut} was told, and with nothing else
     */
    Mono<Permit> acquire(int cost);

    /**
     * A permit, if {@code cost} may be spent at once and nobody waits; takes nothing otherwise. It MUST be released like one that
     * was waited for.
     */
    default Optional<Permit> acquireNow(int cost, Asker asker) {
        return Optional.empty();
    }

    /**
     * Lets nothing more pass before {@code wait} is over, for everybody; a shorter wait than one already running, or a
     * negative one, changes nothing.
     */
    void hold(Duration wait);

    /**
     * Lets nothing pass before {@code wait} is over, and nobody wait for that: whoever waits now or asks until then gets what
     * {@code why} gives. For a server that asks for more patience than a run has.
     *
     * @param why makes a new error for each of them
     */
    void shut(Duration wait, Supplier<? extends RuntimeException> why);

    /**
     * Takes note of what the server says is left; it can only slow down, never speed up.
     *
     * <p>At most {@code remaining} are granted before the reset, evenly spread once less than a tenth of the quota is left.
     * None left closes the gate until shortly after the reset, by a random time of up to a twentieth of it, at most 1 s.
     *
     * @param remaining how many requests the server still allows until the reset
     * @param reset how long until it allows more; zero or less says nothing
     * @param quota how many it allows in all from reset to reset; 0 if it does not say
     */
    void hint(long remaining, Duration reset, long quota);

    /** {@link #hint(long, Duration, long)} from a server that does not name its quota. */
    default void hint(long remaining, Duration reset) {
        hint(remaining, reset, 0);
    }

    /** A glance at the budget: cheap, for decisions. */
    Usage usage();

    /** All there is to tell of the budget: for progress, summary and metrics. */
    BudgetState state();

    /**
     * Leave to send one request. What becomes of the request may be told, once each, and makes the budget learn; nothing but
     * {@link #release} has to be called. Safe for concurrent use.
     */
    interface Permit {

        /**
         * The request has cost {@code actual} instead of what was asked for: the rest is given back, or owed, which delays the
         * next grant. The first call counts.
         *
         * @param actual 0 or more
         */
        void settle(int actual);

        /** The server answered as it should: a learned concurrency may grow. */
        void served();

        /** The server has too much to do (an error of its own, a timeout): a learned concurrency shrinks. */
        void pushedBack();

        /**
         * The server refused for want of quota: nothing passes for {@code wait}, for everybody, and a learned concurrency
         * shrinks. Requests that were under way together count as one.
         *
         * @param wait as the server says; zero if it does not: then about a second, twice as long for each refusal in a row, at
         *     most a minute
         */
        void throttled(Duration wait);

        /** Gives the concurrency slot back; the spent quota stays spent. Idempotent. */
        void release();
    }

    /**
     * A glance at a budget.
     *
     * @param waiting how many ask and wait
     * @param inFlight how many permits are out
     * @param granted how much was ever granted, the sum of the costs
     * @param untilOpen how long the gate stays closed; zero if it is open
     */
    record Usage(int waiting, int inFlight, long granted, Duration untilOpen) {}
}
