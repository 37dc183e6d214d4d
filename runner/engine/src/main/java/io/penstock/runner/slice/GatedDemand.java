package io.penstock.runner.slice;

import java.util.function.Supplier;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Passes each request on when the gate that is asked for it opens; signals pass as they are.
 *
 * <p>No composition of operators does this: all that hold something back hold back signals, when the bytes are there already.
 * Requests must come one after the other, as an operator with a prefetch of 1 makes them.
 */
final class GatedDemand<T> extends FluxOperator<T, T> {

    private final Supplier<Mono<Void>> gate;

    GatedDemand(Flux<T> source, Supplier<Mono<Void>> gate) {
        super(source);
        this.gate = gate;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new Inner<>(actual, gate));
    }

    private record Inner<T>(CoreSubscriber<? super T> actual, Supplier<Mono<Void>> gate, Disposable.Swap waiting)
            implements CoreSubscriber<T> {

        Inner(CoreSubscriber<? super T> actual, Supplier<Mono<Void>> gate) {
            this(actual, gate, Disposables.swap());
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription upstream) {
            actual.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {
                    waiting.replace(gate.get().subscribe(null, actual::onError, () -> upstream.request(n)));
                }

                @Override
                public void cancel() {
                    waiting.dispose();
                    upstream.cancel();
                }
            });
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
    }
}
