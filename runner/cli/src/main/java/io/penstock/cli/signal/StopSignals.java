package io.penstock.cli.signal;

import io.penstock.cli.view.ProgressView;
import io.penstock.runner.run.RunHandle;
import io.penstock.runner.summary.RunSummary;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;
import reactor.core.publisher.Mono;

/** Ends a run gracefully at the first SIGINT or SIGTERM, and the process at the second. */
public final class StopSignals implements AutoCloseable {

    private static final int INTERRUPTED = 130;
    private static final int TERMINATED = 143;

    private final Object interrupt;
    private final Object terminate;

    private StopSignals(RunHandle run, ProgressView view) {
        AtomicBoolean asked = new AtomicBoolean();
        interrupt = Signals.register("INT", () -> stop(run, view, asked, INTERRUPTED));
        terminate = Signals.register("TERM", () -> stop(run, view, asked, TERMINATED));
    }

    /** Listens from now on until it is closed. */
    public static StopSignals on(RunHandle run, ProgressView view) {
        return new StopSignals(run, view);
    }

    /** What {@code run} ends with, while signals are heeded. */
    public RunSummary until(Mono<RunSummary> run) {
        return Objects.requireNonNull(run.block(), "a run always ends with a summary");
    }

    private static void stop(RunHandle run, ProgressView view, AtomicBoolean asked, int code) {
        if (asked.compareAndSet(false, true)) {
            view.say("Stopping: pages under way are being committed. Once more to stop at once.");
            run.stop(code);
        } else {
            Runtime.getRuntime().halt(code);
        }
    }

    @Override
    public void close() {
        Signals.unregister("INT", interrupt);
        Signals.unregister("TERM", terminate);
    }
}
