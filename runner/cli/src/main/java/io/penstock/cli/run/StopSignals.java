package io.penstock.cli.run;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jline.utils.Signals;
import reactor.core.publisher.Mono;

/** Ends a run gracefully at the first SIGINT or SIGTERM, and the process at the second. */
final class StopSignals implements AutoCloseable {

    private static final int INTERRUPTED = 130;
    private static final int TERMINATED = 143;

    private final Object interrupt;
    private final Object terminate;

    private StopSignals(IntConsumer stop, Consumer<String> say) {
        AtomicBoolean asked = new AtomicBoolean();
        interrupt = Signals.register("INT", () -> stop(stop, say, asked, INTERRUPTED));
        terminate = Signals.register("TERM", () -> stop(stop, say, asked, TERMINATED));
    }

    /** From now on the first signal is given to {@code stop}, as the exit code it stands for. */
    static StopSignals on(IntConsumer stop, Consumer<String> say) {
        return new StopSignals(stop, say);
    }

    /** What {@code work} ends with, while signals are heeded. */
    <T> T until(Mono<T> work) {
        return Objects.requireNonNull(work.block(), "a run always ends with a summary");
    }

    private static void stop(IntConsumer stop, Consumer<String> say, AtomicBoolean asked, int code) {
        if (asked.compareAndSet(false, true)) {
            say.accept("Stopping: pages under way are being committed. Once more to stop at once.");
            stop.accept(code);
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
