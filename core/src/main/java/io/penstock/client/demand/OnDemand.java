package io.penstock.client.demand;

import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Subscribes to its source with the first request instead of the first subscription.
 *
 * <p>{@code expand} subscribes to the next page as soon as there is one; behind this gate nothing is sent before somebody
 * has asked for it.
 */
public final class OnDemand<T> extends Flux<T> {

    private final Supplier<? extends Publisher<T>> source;

    /** Asks {@code source} for its flux when there is demand for it. */
    public OnDemand(Supplier<? extends Publisher<T>> source) {
        this.source = source;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        actual.onSubscribe(new Gate<>(source, actual));
    }

    private static final class Gate<T> extends Operators.DeferredSubscription implements CoreSubscriber<T> {

        private final Supplier<? extends Publisher<T>> source;
        private final CoreSubscriber<? super T> actual;
        private final java.util.concurrent.atomic.AtomicBoolean open = new java.util.concurrent.atomic.AtomicBoolean();

        Gate(Supplier<? extends Publisher<T>> source, CoreSubscriber<? super T> actual) {
            this.source = source;
            this.actual = actual;
        }

        @Override
        public void request(long n) {
            if (!Operators.validate(n)) {
                return;
            }
            super.request(n);
            if (!isCancelled() && open.compareAndSet(false, true)) {
                source.get().subscribe(this);
            }
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            set(subscription);
        }

        @Override
        public void onNext(T value) {
            actual.onNext(value);
        }

        @Override
        public void onError(Throwable failure) {
            actual.onError(failure);
        }

        @Override
        public void onComplete() {
            actual.onComplete();
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }
    }
}
