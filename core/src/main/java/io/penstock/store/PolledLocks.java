package io.penstock.store;

import io.penstock.error.StateFailure.StateConflict;
import java.time.Duration;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Locks that are tried again and again: they are held for the time of one call over the network, seldom by two. */
final class PolledLocks implements Locks {

    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Function<String, Turn> turns;
    private final Duration between;
    private final Scheduler thread;
    private final Scheduler timer;

    PolledLocks(Function<String, Turn> turns, Duration between, Scheduler thread, Scheduler timer) {
        this.turns = turns;
        this.between = between;
        this.thread = thread;
        this.timer = timer;
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
                .repeatWhenEmpty(tries -> tries.concatMap(tried -> Mono.delay(between, timer), 1))
                .timeout(
                        LONGEST,
                        Mono.error(() -> new StateConflict("another process has held the lock of " + name + " for "
                                + LONGEST.toMinutes() + " minutes: end it, then run again")),
                        timer);
    }
}
