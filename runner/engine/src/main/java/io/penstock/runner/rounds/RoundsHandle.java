package io.penstock.runner.rounds;

import reactor.core.publisher.Mono;

/** Rounds that are under way. Safe for concurrent use. */
public interface RoundsHandle {

    /**
     * Emits what a process that did these rounds exits with: what {@link #stop} said, else what the last round ended with. To every
     * subscriber; cancelling a subscription does not stop the rounds.
     */
    Mono<Integer> done();

    /**
     * Ends the round that is under way as {@link io.penstock.runner.run.RunHandle#stop} does, or the pause at once; no round
     * follows. The first call counts.
     *
     * @param exitCode what is exited with: 130 after SIGINT, 143 after SIGTERM
     */
    void stop(int exitCode);
}
