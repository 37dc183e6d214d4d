package io.penstock.linear;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Asks once for something that must be given back, and keeps it until told otherwise; what comes after it has cancelled it gives
 * back at once.
 *
 * @param <T> what it asks for
 */
public final class Holder<T> implements CoreSubscriber<T> {

    private final Consumer<T> giveBack;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile @Nullable Subscription subscription;
    private volatile @Nullable T held;
    private volatile boolean cancelled;

    /** One that has not asked yet. */
    public Holder(Consumer<T> giveBack) {
        this.giveBack = giveBack;
    }

    /** Asks, the first time. */
    public void ask(Publisher<T> source) {
        if (asked.compareAndSet(false, true)) {
            source.subscribe(this);
        }
    }

    /** Takes what is there at once, the first time; without that it waits for nothing. */
    public void take(Supplier<Optional<T>> source) {
        if (asked.compareAndSet(false, true)) {
            source.get().ifPresent(now -> held = now);
        }
    }

    /** Leaves, whether it has got something or not. */
    public void cancel() {
        Subscription to = subscription;
        if (to != null) {
            cancelled = true;
            to.cancel();
            settle(giveBack);
        }
    }

    /** Ends with {@code how} what it holds, if it does. */
    public void settle(Consumer<T> how) {
        T mine = held;
        if (mine != null && settled.compareAndSet(false, true)) {
            how.accept(mine);
        }
    }

    /** What it holds; null if it does not, or not any more. */
    public @Nullable T held() {
        return settled.get() ? null : held;
    }

    /** Whether it asked and has got nothing yet. */
    public boolean waits() {
        return asked.get() && !cancelled && held == null;
    }

    @Override
    public void onSubscribe(Subscription s) {
        subscription = s;
        s.request(1);
    }

    @Override
    public void onNext(T next) {
        held = next;
        if (cancelled) {
            settle(giveBack);
        }
    }

    @Override
    public void onError(Throwable t) {
        throw new IllegalStateException(t);
    }

    @Override
    public void onComplete() {}
}
