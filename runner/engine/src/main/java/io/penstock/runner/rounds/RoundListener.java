package io.penstock.runner.rounds;

import io.penstock.runner.event.RunListener;
import io.penstock.runner.run.RunHandle;
import reactor.core.publisher.Mono;

/** Is told of rounds and of what happens in them; from any thread, one round at a time. */
public interface RoundListener extends RunListener {

    /** A round has begun; must return at once. */
    void began(long number, RunHandle run);

    /** A round is over; the next one waits for the end of what this returns, which must not error. */
    Mono<Void> ended(Round round);
}
