package io.penstock.rate;

import io.penstock.rate.Permits.Permit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** One who asks: first a place in the line, then the permit itself. */
final class Waiter implements Subscription, Permit {

    private static final int NEW = 0;
    private static final int WAITING = 1;
    private static final int HANDED = 2;
    private static final int OVER = 3;

    private final Budget budget;
    private final CoreSubscriber<? super Permit> actual;
    private final int cost;
    private final AtomicInteger state = new AtomicInteger(NEW);

    // guarded by the budget
    @Nullable Waiter ahead;

    @Nullable Waiter behind;

    boolean inLine;

    /** The thread inside {@code onNext}: only that thread compares itself with it, so it needs no barrier. */
    private @Nullable Thread handing;

    Waiter(Budget budget, CoreSubscriber<? super Permit> actual, int cost) {
        this.budget = budget;
        this.actual = actual;
        this.cost = cost;
    }

    int cost() {
        return cost;
    }

    boolean waiting() {
        return state.get() == WAITING;
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n) && state.compareAndSet(NEW, WAITING)) {
            budget.enqueue(this);
        }
    }

    /**
     * Leaves the line; once the permit is handed out, gives its slot back.
     *
     * <p>A permit may be on its way to a subscriber that has just been cancelled and drops it: then nobody else would release
     * it. A receiver that cancels out of its own {@code onNext}, as {@code next()} does, has the permit and keeps it.
     */
    @Override
    public void cancel() {
        if (state.compareAndSet(NEW, OVER)) {
            return;
        }
        if (state.compareAndSet(WAITING, OVER)) {
            budget.forget(this);
        } else if (handing != Thread.currentThread()) {
            release();
        }
    }

    /** Takes the grant that was recorded for this waiter; gives it back if nobody wants it any more. */
    void hand() {
        handing = Thread.currentThread();
        if (state.compareAndSet(WAITING, HANDED)) {
            actual.onNext(this);
            handing = null;
            actual.onComplete();
        } else {
            budget.takeBack(cost);
        }
    }

    /** Tells that no permit will ever come. */
    void refuse(Throwable why) {
        if (state.compareAndSet(WAITING, OVER)) {
            actual.onError(why);
        }
    }

    @Override
    public void release() {
        if (state.compareAndSet(HANDED, OVER)) {
            budget.release();
        }
    }

    @Override
    public String toString() {
        return "permit of " + cost;
    }
}
