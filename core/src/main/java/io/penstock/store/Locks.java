package io.penstock.store;

import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

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

    /**
     * Locks that are asked for again and again: they are held for the time of one call over the network, seldom by two.
     *
     * @param turns makes a turn that nobody has yet
     * @param between how long to wait before asking again
     * @param thread where turns are taken and given up, which may block
     * @param timer for waits
     */
    static Locks polled(Function<String, Turn> turns, Duration between, Scheduler thread, Scheduler timer) {
        return new PolledLocks(turns, between, thread, timer);
    }
}
