package io.penstock.retry;

import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Lets {@link Tries} see what passes: demand, values, the end. One operator in the place of several, since all requests pass. */
final class Tried<T> extends FluxOperator<T, T> {

    private final Tries tries;

    Tried(Flux<T> source, Tries tries) {
        super(source);
        this.tries = tries;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new Seen<>(tries, actual));
    }

    private static final class Seen<T> implements CoreSubscriber<T>, Subscription {

        private final Tries tries;
        private final CoreSubscriber<? super T> actual;
        private Subscription source = Operators.emptySubscription();

        Seen(Tries tries, CoreSubscriber<? super T> actual) {
            this.tries = tries;
            this.actual = actual;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            source = subscription;
            actual.onSubscribe(this);
        }

        @Override
        public void request(long n) {
            tries.asked(n);
            source.request(n);
        }

        @Override
        public void cancel() {
            tries.cancelled();
            source.cancel();
        }

        @Override
        public void onNext(T value) {
            tries.given();
            actual.onNext(value);
        }

        @Override
        public void onError(Throwable failure) {
            actual.onError(failure);
        }

        @Override
        public void onComplete() {
            tries.succeeded();
            actual.onComplete();
        }
    }
}
