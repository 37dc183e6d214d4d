package io.penstock.runner.slice;

import io.penstock.redact.Redaction;
import io.penstock.runner.event.RunEvent;
import io.penstock.runner.event.RunListener;
import io.penstock.runner.summary.Failure;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Tells the listener, and keeps what was parked. Safe for concurrent use. */
public final class Events {

    private final RunListener listener;
    private final Redaction redaction;
    private final Clock clock;
    private final List<Failure> parked = new CopyOnWriteArrayList<>();

    /** Tells {@code listener}, with the secrets that {@code redaction} knows hidden. */
    public Events(RunListener listener, Redaction redaction, Clock clock) {
        this.listener = listener;
        this.redaction = redaction;
        this.clock = clock;
    }

    /** Tells; a listener that throws is ignored, because it must not disturb the run. */
    public void tell(RunEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException ignored) {
            // Dropped on purpose: RunListener says so.
        }
    }

    /** Keeps {@code thrown} with what is known of its place. */
    public void park(Throwable thrown, Optional<String> stream, Optional<String> slice) {
        Failure failure = Failure.of(thrown, redaction, clock.instant()).at(stream, slice);
        parked.add(failure);
        tell(new RunEvent.Parked(failure));
    }

    /** {@code text} without secrets. */
    public String hide(String text) {
        return redaction.hide(text);
    }

    /** What was parked so far. */
    public List<Failure> parked() {
        return List.copyOf(parked);
    }
}
