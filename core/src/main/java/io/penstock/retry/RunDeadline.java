package io.penstock.retry;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * The instant at which all requests of a run end, whatever they wait for; by default there is none.
 *
 * <p>It travels in the Reactor context, so that a source needs not know of it: {@code flux.contextWrite(deadline::into)}.
 *
 * @param timer the clock it is read from
 * @param at the instant, in nanoseconds of that clock
 */
public record RunDeadline(Scheduler timer, long at) {

    /** A deadline {@code time} from now on. */
    public static RunDeadline in(Duration time, Scheduler timer) {
        return new RunDeadline(timer, timer.now(TimeUnit.NANOSECONDS) + time.toNanos());
    }

    /** The deadline of a subscription, if it has one. */
    public static Optional<RunDeadline> of(ContextView context) {
        return context.getOrEmpty(RunDeadline.class);
    }

    /** {@code context} with this deadline in it. */
    public Context into(Context context) {
        return context.put(RunDeadline.class, this);
    }

    /** Nanoseconds left; not above zero once it has passed. */
    long left() {
        return at - timer.now(TimeUnit.NANOSECONDS);
    }
}
