package io.penstock.store;

import reactor.core.publisher.Mono;

/** Lets whoever changes the same entry take turns, other processes included. Safe for concurrent use. */
public interface Locks {

    /**
     * Does {@code work} while nobody else does any under this name.
     *
     * <p>Cold. Waits for its turn without a thread; the turn is given up when the work ends, fails or is cancelled, and when its
     * process dies. Not reentrant. Errors with {@link io.penstock.error.StateFailure.StateConflict} if no turn comes within 15
     * minutes.
     *
     * @param name 1 to 100 of {@code a-z 0-9 -}
     */
    <T> Mono<T> hold(String name, Mono<T> work);
}
