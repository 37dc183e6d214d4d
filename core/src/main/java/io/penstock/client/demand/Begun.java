package io.penstock.client.demand;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A flux that begins before anybody has subscribed to it, and holds its first value until somebody does. For one subscriber.
 *
 * <p>Demand: one value is asked for beyond what the subscriber wants, and held. Cancelling and {@link #dispose} cancel the source.
 */
public final class Begun<T> extends Flux<T> implements Disposable {

    private final Flux<T> source;
    private final Holder<T> holder;

    private Begun(Flux<T> source, Context context) {
        this.source = source;
        this.holder = new Holder<>(context);
    }

    /**
     * Holds {@code source}, which begins with {@link #begin}.
     *
     * @param context that of the subscriber who is to come
     */
    public static <T> Begun<T> of(Flux<T> source, ContextView context) {
        return new Begun<>(source, Context.of(context));
    }

    /** Subscribes to the source and asks it for its first value, unless disposed of. Once. */
    public void begin() {
        source.subscribe(holder);
    }

    @Override
    public void dispose() {
        holder.cancel();
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        holder.give(actual);
    }

    /** Between the source and the subscriber; whoever comes while another thread is in the loop leaves the work to it. */
    private static final class Holder<T> implements CoreSubscriber<T>, Subscription {

        private final Context context;
        private final AtomicLong demand = new AtomicLong();
        private final AtomicInteger rounds = new AtomicInteger();
        private final AtomicReference<@Nullable Subscription> upstream = new AtomicReference<>();
        private volatile @Nullable CoreSubscriber<? super T> actual;
        private volatile @Nullable T held;
        private volatile boolean ended;
        private volatile boolean cancelled;
        private @Nullable Throwable failure;
        private boolean over;

        Holder(Context context) {
            this.context = context;
        }

        @Override
        public Context currentContext() {
            return context;
        }

        void give(CoreSubscriber<? super T> to) {
            to.onSubscribe(this);
            actual = to;
            loop();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream.set(subscription);
            if (cancelled) {
                subscription.cancel();
            } else {
                subscription.request(1);
            }
        }

        @Override
        public void onNext(T value) {
            held = value;
            loop();
        }

        @Override
        public void onError(Throwable thrown) {
            failure = thrown;
            ended = true;
            loop();
        }

        @Override
        public void onComplete() {
            ended = true;
            loop();
        }

        @Override
        public void request(long n) {
            if (Operators.validate(n)) {
                demand.accumulateAndGet(n, Operators::addCap);
                loop();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            Subscription known = upstream.get();
            if (known != null) {
                known.cancel();
            }
            loop();
        }

        private void loop() {
            if (rounds.getAndIncrement() != 0) {
                return;
            }
            int missed = 1;
            while (missed != 0) {
                round();
                missed = rounds.addAndGet(-missed);
            }
        }

        private void round() {
            CoreSubscriber<? super T> to = actual;
            if (over || cancelled) {
                over = true;
                held = null;
                return;
            }
            if (to == null) {
                return;
            }
            boolean last = ended; // read before the value, which comes first
            T value = held;
            if (value != null && demand.get() > 0) {
                pass(value, to);
            } else if (value == null && last) {
                end(to);
            }
        }

        /** The source answers a request within this loop or after it; either way there is another round. */
        private void pass(T value, CoreSubscriber<? super T> to) {
            held = null;
            demand.updateAndGet(left -> left == Long.MAX_VALUE ? left : left - 1);
            rounds.incrementAndGet();
            to.onNext(value);
            Subscription known = upstream.get();
            if (known != null) {
                known.request(1);
            }
        }

        private void end(CoreSubscriber<? super T> to) {
            over = true;
            if (failure == null) {
                to.onComplete();
            } else {
                to.onError(failure);
            }
        }
    }
}
