package io.penstock.cli;

import io.penstock.runner.run.RunHandle;
import io.penstock.runner.summary.StreamReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/** Shows how a run stands: a bar a stream on a terminal, a plain line now and then elsewhere. */
final class ProgressView implements AutoCloseable {

    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration IN_LINES = Duration.ofSeconds(5);

    private final RunHandle run;
    private final Console console;
    private final Map<String, ProgressBar> bars = new LinkedHashMap<>();
    private final Disposable timer;

    private ProgressView(RunHandle run, Scheduler timer, Console console) {
        this.run = run;
        this.console = console;
        long period = (console.terminal() ? ON_TERMINAL : IN_LINES).toMillis();
        this.timer = timer.schedulePeriodically(this::show, period, period, TimeUnit.MILLISECONDS);
    }

    static ProgressView of(RunHandle run, Scheduler timer, Console console) {
        return new ProgressView(run, timer, console);
    }

    private synchronized void show() {
        for (StreamReport stream : run.progress().streams()) {
            if (console.terminal()) {
                bar(stream);
            } else if (stream.state() == StreamReport.State.RUNNING) {
                console.say(line(stream));
            }
        }
    }

    private void bar(StreamReport stream) {
        ProgressBar bar = bars.computeIfAbsent(
                stream.stream().toString(),
                name -> new ProgressBarBuilder()
                        .setTaskName(stream.stream().name())
                        .setInitialMax(-1)
                        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                        .setUpdateIntervalMillis((int) ON_TERMINAL.toMillis())
                        .showSpeed()
                        .build());
        bar.stepTo(stream.counts().records());
        bar.setExtraMessage(" " + Quantities.bytes(stream.counts().bytes()) + " " + doing(stream));
    }

    private static String line(StreamReport stream) {
        return stream.stream() + ": " + Quantities.count(stream.counts().records()) + " records, "
                + Quantities.bytes(stream.counts().bytes()) + ", "
                + Quantities.rate(stream.counts().records(), stream.times().wall()) + ", " + doing(stream);
    }

    private static String doing(StreamReport stream) {
        return switch (stream.state()) {
            case RUNNING ->
                stream.times()
                                .now()
                                .map(reason -> "waiting for " + reason.label())
                                .orElse("reading")
                        + (stream.slices().known() > 1
                                ? ", slice " + stream.slices().done() + " of "
                                        + stream.slices().known()
                                : "");
            default -> stream.state().name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    @Override
    public synchronized void close() {
        timer.dispose();
        if (console.terminal()) {
            show();
        }
        bars.values().forEach(ProgressBar::close);
    }
}
