package io.penstock.store;

import io.penstock.error.StateFailure.StateConflict;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Locks that are tried again and again: they are held for the time of one call over the network, seldom by two. */
final class PolledLocks implements Locks {

    private static final Duration BETWEEN = Duration.ofMillis(25);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Function<String, Turn> turns;
    private final Scheduler thread;
    private final Scheduler timer;

    PolledLocks(Function<String, Turn> turns, Scheduler thread, Scheduler timer) {
        this.turns = turns;
        this.thread = thread;
        this.timer = timer;
    }

    /** Leave to work, wanted or had. Safe for concurrent use: what is taken while it is given up is given back at once. */
    interface Turn {

        /** Whether it is had now; false to be asked again. May block for the time of a file operation. */
        boolean take();

        /** Gives it back if it is had, and wants it no more. */
        void giveUp();
    }

    @Override
    public <T> Mono<T> hold(String name, Mono<T> work) {
        Names.judge(name);
        return Mono.usingWhen(
                Mono.fromSupplier(() -> turns.apply(name)),
                turn -> taken(turn, name).then(work),
                turn -> Mono.fromRunnable(turn::giveUp).subscribeOn(thread));
    }

    private Mono<Boolean> taken(Turn turn, String name) {
        return Mono.fromCallable(turn::take)
                .subscribeOn(thread)
                .filter(taken -> taken)
                .repeatWhenEmpty(tries -> tries.concatMap(tried -> Mono.delay(BETWEEN, timer), 1))
                .timeout(
                        LONGEST,
                        Mono.error(() -> new StateConflict("another process has held the lock of " + name + " for "
                                + LONGEST.toMinutes() + " minutes: end it, then run again")),
                        timer);
    }
}
