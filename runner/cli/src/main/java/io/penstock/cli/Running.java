package io.penstock.cli;

import io.penstock.runner.event.RunEvent;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.run.RunHandle;
import io.penstock.runner.run.RunOptions;
import io.penstock.runner.run.Runner;
import io.penstock.runner.summary.RunSummary;
import java.util.Objects;

/** Runs a plan while a person watches. */
final class Running {

    private Running() {}

    /** Runs to the end, or to a signal; prints progress, failures and the summary. */
    static RunSummary watch(Session session, Plan plan, RunOptions options, Console console, boolean json) {
        RunSummary summary = run(session, plan, options, console);
        SummaryText.print(summary, console);
        if (json) {
            console.out().println(summary.toJson());
        }
        return summary;
    }

    /** As {@link #watch}, without the summary. */
    static RunSummary run(Session session, Plan plan, RunOptions options, Console console) {
        RunHandle run = new Runner(session.host()).start(plan, options, event -> tell(event, console));
        StopSignals signals = StopSignals.on(run, console);
        ProgressView view = ProgressView.of(run, session.host().timer(), console);
        try {
            return Objects.requireNonNull(run.done().block(), "a run always ends with a summary");
        } finally {
            view.close();
            signals.close();
        }
    }

    private static void tell(RunEvent event, Console console) {
        if (event instanceof RunEvent.Parked parked) {
            console.say(FailureText.line(parked.failure()));
        } else if (event instanceof RunEvent.CommitRetried retried) {
            console.say(retried.slice() + ": commit failed (" + retried.reason() + "), again in "
                    + retried.pause().toMillis() + " ms");
        }
    }
}
