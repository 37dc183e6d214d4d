package io.penstock.rate;

import io.penstock.rate.Permits.Permit;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** One who asks: first a place in the queue, then the permit itself. */
final class Waiter implements Subscription, Permit {

    private static final int NEW = 0;
    private static final int QUEUED = 1;
    private static final int HANDED = 2;
    private static final int CANCELLED = 3;
    private static final int RELEASED = 4;

    private final Budget budget;
    private final CoreSubscriber<? super Permit> actual;
    private final int cost;
    private final AtomicInteger state = new AtomicInteger(NEW);

    /** Number of this grant in the budget; guarded by the budget. */
    long number;

    Waiter(Budget budget, CoreSubscriber<? super Permit> actual, int cost) {
        this.budget = budget;
        this.actual = actual;
        this.cost = cost;
    }

    int cost() {
        return cost;
    }

    @Override
    public void request(long n) {
        if (Operators.validate(n) && state.compareAndSet(NEW, QUEUED)) {
            budget.enqueue(this);
        }
    }

    @Override
    public void cancel() {
        if (state.compareAndSet(NEW, CANCELLED)) {
            return;
        }
        if (state.compareAndSet(QUEUED, CANCELLED)) {
            budget.forget(this);
        }
    }

    /** Takes the grant that was recorded for this waiter; gives it back if nobody wants it any more. */
    void hand() {
        if (state.compareAndSet(QUEUED, HANDED)) {
            actual.onNext(this);
            actual.onComplete();
        } else {
            budget.release(this, true);
        }
    }

    @Override
    public void release() {
        if (state.compareAndSet(HANDED, RELEASED)) {
            budget.release(this, false);
        }
    }
}
