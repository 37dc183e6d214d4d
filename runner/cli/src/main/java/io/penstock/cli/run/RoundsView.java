package io.penstock.cli.run;

import io.penstock.cli.view.Console;
import io.penstock.cli.view.FailureText;
import io.penstock.cli.view.ProgressView;
import io.penstock.cli.view.Quantities;
import io.penstock.cli.view.RetryNotes;
import io.penstock.cli.view.SummaryText;
import io.penstock.runner.event.RunEvent;
import io.penstock.runner.rounds.Round;
import io.penstock.runner.rounds.RoundListener;
import io.penstock.runner.run.RunHandle;
import io.penstock.runner.summary.RunSummary;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Shows rounds: progress while one is under way, one line when it is over. */
final class RoundsView implements RoundListener {

    private final Console console;
    private final RetryNotes notes;
    private final boolean json;
    private volatile @Nullable ProgressView view;

    RoundsView(Console console, RetryNotes notes, boolean json) {
        this.console = console;
        this.notes = notes;
        this.json = json;
    }

    @Override
    public void began(long number, RunHandle run) {
        ProgressView fresh = new ProgressView(console);
        view = fresh;
        notes.to(fresh::note);
        fresh.begin(run);
    }

    @Override
    public void on(RunEvent event) {
        ProgressView open = view;
        if (open != null) {
            Running.tell(event, open);
        }
    }

    /** Whoever reads our output may be slow, so this is not done on a thread of the run. */
    @Override
    public Mono<Void> ended(Round round) {
        return Mono.<Void>fromRunnable(() -> {
                    ProgressView open = view;
                    view = null;
                    if (open != null) {
                        open.close();
                    }
                    RunSummary summary = round.summary();
                    summary.failures().forEach(failure -> console.say(FailureText.line(failure)));
                    console.say(line(round));
                    if (json) {
                        console.out().println(summary.toJson());
                        console.out().flush();
                    }
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static String line(Round round) {
        RunSummary summary = round.summary();
        String next = round.pause()
                .map(pause -> pause.isZero() ? "the next begins now" : "the next begins in " + Quantities.time(pause))
                .orElse("it was the last");
        return "Round " + round.number() + ": " + SummaryText.total(summary) + "; exit code " + summary.exitCode()
                + "; " + next + ".";
    }

    /** A line at once, whether a round is under way or not. */
    void say(String line) {
        ProgressView open = view;
        if (open != null) {
            open.say(line);
        } else {
            console.say(line);
        }
    }
}
