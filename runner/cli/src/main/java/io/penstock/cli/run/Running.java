package io.penstock.cli.run;

import io.penstock.cli.view.Console;
import io.penstock.cli.view.FailureText;
import io.penstock.cli.view.ProgressView;
import io.penstock.cli.view.Quantities;
import io.penstock.cli.view.SummaryText;
import io.penstock.runner.event.RunEvent;
import io.penstock.runner.rounds.Rhythm;
import io.penstock.runner.rounds.Rounds;
import io.penstock.runner.rounds.RoundsHandle;
import io.penstock.runner.run.RunHandle;
import io.penstock.runner.run.RunOptions;
import io.penstock.runner.run.Runner;
import io.penstock.runner.summary.RunSummary;

/** Runs a plan while a person watches. */
public final class Running {

    private Running() {}

    /**
     * Runs again and again as {@code rhythm} says, until a signal; prints a line for each round, and its summary as a line of JSON.
     *
     * @return what the process exits with
     */
    public static int repeat(Watched watched, RunOptions options, Rhythm rhythm, Console console, boolean json) {
        RoundsView view = new RoundsView(console, watched.notes(), json);
        RoundsHandle rounds = new Rounds(watched.host()).start(watched.plan(), options, rhythm, view);
        try (StopSignals signals = StopSignals.on(rounds::stop, view::say)) {
            return signals.until(rounds.done());
        }
    }

    /** Runs to the end, or to a signal; prints progress, failures and the summary. */
    public static RunSummary watch(Watched watched, RunOptions options, Console console, boolean json) {
        RunSummary summary = run(watched, options, console);
        SummaryText.print(summary, console);
        if (json) {
            console.out().println(summary.toJson());
        }
        return summary;
    }

    private static RunSummary run(Watched watched, RunOptions options, Console console) {
        try (ProgressView view = new ProgressView(console)) {
            watched.notes().to(view::note);
            RunHandle run = new Runner(watched.host()).start(watched.plan(), options, event -> tell(event, view));
            view.begin(run);
            try (StopSignals signals = StopSignals.on(run::stop, view::say)) {
                return signals.until(run.done());
            }
        }
    }

    static void tell(RunEvent event, ProgressView view) {
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
