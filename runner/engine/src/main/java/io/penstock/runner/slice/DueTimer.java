package io.penstock.runner.slice;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.scheduler.Scheduler;

/** Reminds a slice's writer, with a {@link Step.Due} among its steps, of records that have waited long enough. */
final class DueTimer {

    private final Scheduler timer;
    private final AtomicReference<FluxSink<Step>> steps = new AtomicReference<>();
    private final Disposable.Swap running = Disposables.swap();

    DueTimer(Scheduler timer) {
        this.timer = timer;
    }

    /** The reminders, without end. One that nobody has asked for yet is dropped: the next page's end looks at the age too. */
    Flux<Step> steps() {
        return Flux.create(steps::set, OverflowStrategy.DROP);
    }

    /** Reminds in {@code nanos}, and no longer at the time set before. */
    void in(long nanos) {
        running.update(timer.schedule(this::remind, nanos, TimeUnit.NANOSECONDS));
    }

    private void remind() {
        FluxSink<Step> listening = steps.get();
        if (listening != null) {
            listening.next(new Step.Due());
        }
    }

    /** Does not remind. */
    void off() {
        running.update(Disposables.disposed());
    }
}
