package io.penstock.retry;

import io.penstock.error.PenstockException;
import java.time.Duration;

/** Is told of every retry before its wait begins, of a budget that is spent, and of the end of all tries; must return at once and not throw. */
@FunctionalInterface
public interface RetryListener {

    /** Tells nobody. */
    RetryListener NONE = (attempt, failure, wait) -> {};

    /**
     * Try {@code attempt} has failed and will be repeated.
     *
     * @param attempt 1 for the first try
     * @param failure why it is repeated
     * @param wait how long the backoff lasts
     */
    void retrying(int attempt, PenstockException failure, Duration wait);

    /** The pause is over, but the budget that all repeats to the server share is spent: the repeat waits for it. */
    default void shortOfTokens() {}

    /** No further try will be made, and the request fails with {@code failure}. */
    default void givingUp(PenstockException failure) {}
}
