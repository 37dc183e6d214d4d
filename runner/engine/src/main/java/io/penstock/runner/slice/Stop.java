package io.penstock.runner.slice;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** The wish that a run ends early; safe for concurrent use. */
public final class Stop {

    private final AtomicInteger exitCode = new AtomicInteger();
    private final Sinks.Empty<Void> asked = Sinks.empty();

    /** A wish of its own that is asked for as well as soon as this one is. */
    public Stop child() {
        Stop child = new Stop();
        asked().subscribe(yes -> child.ask(exitCode.get()));
        return child;
    }

    /** Asks; the first exit code stays. */
    public void ask(int code) {
        if (exitCode.compareAndSet(0, code)) {
            asked.tryEmitEmpty();
        }
    }

    /** Whether it was asked for. */
    public boolean isAsked() {
        return exitCode.get() != 0;
    }

    /** What the process exits with; empty if nobody asked. */
    public OptionalInt exitCode() {
        int code = exitCode.get();
        return code == 0 ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /** Emits once the run is asked to stop, at once if it was. */
    public Mono<Boolean> asked() {
        return asked.asMono().thenReturn(true);
    }

    /** Emits once {@code drain} has passed since. */
    public Mono<Long> overdue(Duration drain, Scheduler timer) {
        return asked.asMono().then(Mono.delay(drain, timer));
    }
}
