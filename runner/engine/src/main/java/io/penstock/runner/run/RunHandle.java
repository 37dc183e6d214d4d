package io.penstock.runner.run;

import io.penstock.runner.summary.Progress;
import io.penstock.runner.summary.RunSummary;
import reactor.core.publisher.Mono;

/** A run that is under way. Safe for concurrent use. */
public interface RunHandle {

    /** Emits when the run is over, to every subscriber; never errors. Cancelling a subscription does not stop the run. */
    Mono<RunSummary> done();

    /** How it stands; cheap enough to be asked several times a second. */
    Progress progress();

    /**
     * Ends the run early: no more pages are asked for; pages under way have the drain to be committed and are dropped after it;
     * whatever happens, claims are given back. The first call counts.
     *
     * @param exitCode what the summary will say: 130 after SIGINT, 143 after SIGTERM
     */
    void stop(int exitCode);
}
