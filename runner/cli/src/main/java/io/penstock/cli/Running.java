package io.penstock.cli;

import io.penstock.cli.signal.StopSignals;
import io.penstock.cli.view.Console;
import io.penstock.cli.view.FailureText;
import io.penstock.cli.view.ProgressView;
import io.penstock.cli.view.Quantities;
import io.penstock.cli.view.SummaryText;
import io.penstock.runner.event.RunEvent;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.run.RunHandle;
import io.penstock.runner.run.RunOptions;
import io.penstock.runner.run.Runner;
import io.penstock.runner.summary.RunSummary;

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
        try (ProgressView view = new ProgressView(console)) {
            session.notes().to(view::note);
            RunHandle run = new Runner(session.host()).start(plan, options, event -> tell(event, view));
            view.begin(run);
            try (StopSignals signals = StopSignals.on(run, view)) {
                return signals.until(run.done());
            }
        }
    }

    private static void tell(RunEvent event, ProgressView view) {
        if (event instanceof RunEvent.Parked parked) {
            view.noteLater(FailureText.line(parked.failure()));
        } else if (event instanceof RunEvent.CommitRetried retried) {
            view.note(retried.slice() + ": commit failed (" + retried.reason() + "), again in "
                    + Quantities.time(retried.pause()));
        } else if (event instanceof RunEvent.PublishRetried retried) {
            view.note(retried.stream() + ": publish failed (" + retried.reason() + "), again in "
                    + Quantities.time(retried.pause()));
        }
    }
}
