package io.penstock.auth.broker;

import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One renewal and all who wait for it. It is given up when nobody waits any more, unless its request has gone out. Safe for
 * concurrent use.
 */
final class Flight {

    private final Sinks.One<Token> result = Sinks.one();
    private final Disposable.Swap work = Disposables.swap();
    private final Consumer<Flight> abandoned;
    private int waiting;
    private boolean gone;
    private boolean givenUp;

    Flight(Consumer<Flight> abandoned) {
        this.abandoned = abandoned;
    }

    /** One more waits; false if it has been given up, and another flight is to be begun. */
    synchronized boolean board() {
        if (!givenUp) {
            waiting++;
        }
        return !givenUp;
    }

    /** The result for one that has boarded. */
    Mono<Token> arrival() {
        return result.asMono().doOnCancel(this::leave);
    }

    private void leave() {
        synchronized (this) {
            waiting--;
            givenUp |= waiting == 0 && !gone;
            if (!givenUp) {
                return;
            }
        }
        work.dispose();
        abandoned.accept(this);
    }

    /** The request goes out: from now on it is seen through. */
    synchronized void going() {
        gone = true;
    }

    void works(Disposable begun) {
        work.update(begun);
    }

    void landed(Token token) {
        result.tryEmitValue(token);
    }

    void failed(Throwable failure) {
        result.tryEmitError(failure);
    }
}
