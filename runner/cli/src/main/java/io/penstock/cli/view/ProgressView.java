package io.penstock.cli.view;

import io.penstock.runner.run.RunHandle;
import io.penstock.runner.summary.Progress;
import io.penstock.runner.summary.StreamReport;
import io.penstock.runner.summary.StreamReport.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Shows how a run stands: a bar a stream on a terminal, a plain line now and then elsewhere. Writes on a thread of its own, since
 * whoever reads our output may be slow.
 */
public final class ProgressView implements AutoCloseable {

    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration IN_LINES = Duration.ofSeconds(5);
    private static final int NOTES_WAITING = 1000;

    private final Console console;
    private final LiveLines live;
    private final Bars bars;
    private final BudgetText budgets = BudgetText.here();
    private final Scheduler writer = Schedulers.newBoundedElastic(1, NOTES_WAITING, "penstock-progress", 60, true);
    private final boolean redirected;
    private final List<String> later = new ArrayList<>();
    private volatile @Nullable RunHandle run;

    public ProgressView(Console console) {
        this.console = console;
        this.live = new LiveLines(console.err(), console.environment());
        this.redirected = console.terminal() && console.err() == System.err;
        this.bars = new Bars(console.unicode());
    }

    /** Begins to show {@code run}. */
    public void begin(RunHandle started) {
        run = started;
        long period = (console.terminal() ? ON_TERMINAL : IN_LINES).toMillis();
        if (redirected) {
            System.setErr(live.stream()); // the log must not write across the bars
        }
        writer.schedulePeriodically(this::show, console.terminal() ? 0 : period, period, TimeUnit.MILLISECONDS);
    }

    /** Tells at once; returns at once. */
    public void note(String line) {
        try {
            writer.schedule(() -> say(line));
        } catch (RejectedExecutionException busy) {
            // Nobody reads that fast, or the run is over: the summary says what counts.
        }
    }

    /** Tells with the next lines of progress, unless the run is over by then and the summary tells it. */
    public synchronized void noteLater(String line) {
        later.add(line);
    }

    /** Tells at once, on the caller's thread. */
    public synchronized void say(String line) {
        if (console.terminal()) {
            live.above(line);
        } else {
            console.say(line);
        }
    }

    private synchronized void show() {
        RunHandle shown = run;
        if (shown == null) {
            return;
        }
        Progress progress = shown.progress();
        List<StreamReport> streams = progress.streams();
        List<String> spent = budgets.live(progress.budgets());
        if (console.terminal()) {
            List<String> lines = new ArrayList<>(bars.lines(streams, Math.max(1, live.room() - spent.size())));
            lines.addAll(spent);
            live.draw(lines);
        } else {
            later.forEach(console::say);
            streams.stream()
                    .filter(stream -> stream.state() == State.RUNNING)
                    .forEach(stream -> console.say(Bars.plain(stream)));
            spent.forEach(console::say);
        }
        later.clear();
    }

    /** Shows the end and stops; bars stay where they are. */
    @Override
    public void close() {
        Mono.fromRunnable(() -> {
                    if (console.terminal()) {
                        show();
                    }
                })
                .subscribeOn(writer)
                .onErrorComplete() // the run is over, and its summary is still to come
                .block(IN_LINES);
        writer.dispose();
        if (redirected) {
            System.setErr(console.err());
        }
    }
}
