package io.penstock.cli;

import io.penstock.runner.run.RunHandle;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/** Ends a run gracefully at the first SIGINT or SIGTERM, and the process at the second. */
final class StopSignals implements AutoCloseable {

    private static final int INTERRUPTED = 130;
    private static final int TERMINATED = 143;

    private final Object interrupt;
    private final Object terminate;

    private StopSignals(RunHandle run, Console console) {
        AtomicBoolean asked = new AtomicBoolean();
        interrupt = Signals.register("INT", () -> stop(run, console, asked, INTERRUPTED));
        terminate = Signals.register("TERM", () -> stop(run, console, asked, TERMINATED));
    }

    static StopSignals on(RunHandle run, Console console) {
        return new StopSignals(run, console);
    }

    private static void stop(RunHandle run, Console console, AtomicBoolean asked, int code) {
        if (asked.compareAndSet(false, true)) {
            console.say("Stopping: pages under way are being committed. Once more to stop at once.");
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
