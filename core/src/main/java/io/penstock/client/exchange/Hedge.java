package io.penstock.client.exchange;

import io.penstock.retry.Lease;
import io.penstock.retry.RetryBudget;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;

/**
 * Sends a second try beside one that takes long, and takes the first good answer.
 *
 * <p>The second pays for its own permit, and is paid for by the retry budget as a repeat is: without tokens at that moment
 * there is none.
 *
 * @param after how long the first may take
 * @param budget pays for the second
 * @param timer for the wait
 */
record Hedge(Duration after, RetryBudget budget, Scheduler timer) {

    /** The faster of two subscriptions to {@code once}; errors when the last of those that were begun has failed. */
    <T> Mono<T> race(Mono<T> once) {
        return Mono.defer(() -> {
            Course course = new Course();
            Mono<Signal<T>> first = once.materialize();
            Flux<Signal<T>> second = Mono.delay(after, timer)
                    .filter(late -> course.second(budget))
                    .flatMapMany(late -> once.doOnNext(won -> course.won()).materialize());
            return Flux.merge(first, second).<T>handle(course::judge).next().doFinally(end -> course.over());
        });
    }

    /** How the two stand; for one race. */
    private static final class Course {

        private int running = 1;
        private Optional<Lease> lease = Optional.empty();

        /** Whether the second may be sent. */
        synchronized boolean second(RetryBudget budget) {
            lease = running == 0 ? Optional.empty() : budget.takeNow(RetryBudget.Cost.TRANSIENT);
            running += lease.isPresent() ? 1 : 0;
            return lease.isPresent();
        }

        void won() {
            lease().ifPresent(Lease::giveBack);
        }

        void over() {
            lease().ifPresent(Lease::spend);
        }

        private synchronized Optional<Lease> lease() {
            return lease;
        }

        private synchronized boolean failed() {
            running--;
            return running == 0;
        }

        <T> void judge(Signal<T> signal, SynchronousSink<T> out) {
            T value = signal.get();
            Throwable failure = signal.getThrowable();
            if (value != null) {
                out.next(value);
            } else if (failure != null && failed()) {
                out.error(failure);
            }
        }
    }
}
