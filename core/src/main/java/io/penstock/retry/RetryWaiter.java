package io.penstock.retry;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/** One repeat that asks for tokens. */
final class RetryWaiter {

    private final RetryBudget budget;
    private final MonoSink<Lease> sink;
    private final RetryBudget.Cost cost;
    private boolean asked;
    private boolean cancelled;
    private @Nullable Lease lease;

    RetryWaiter(RetryBudget budget, MonoSink<Lease> sink, RetryBudget.Cost cost) {
        this.budget = budget;
        this.sink = sink;
        this.cost = cost;
    }

    RetryBudget.Cost cost() {
        return cost;
    }

    void ask(long demand) {
        synchronized (this) {
            if (asked || cancelled) {
                return;
            }
            asked = true;
        }
        budget.join(this);
        synchronized (this) {
            if (!cancelled) {
                return;
            }
        }
        budget.forget(this); // cancelled on the way into the line
    }

    /** Takes note of the lease; null if the timer is gone and none will ever come. */
    synchronized void grant(@Nullable Lease given) {
        lease = given;
    }

    /** Emits the lease; gives it back if nobody wants it any more. */
    void hand() {
        Lease given;
        synchronized (this) {
            given = lease;
        }
        if (given == null) {
            sink.error(new IllegalStateException("the timer of this retry budget was shut down"));
            return;
        }
        try {
            if (!over()) {
                sink.success(given);
            }
        } finally { // cancelled before it arrived, or on the way: nobody else would give it back
            if (over()) {
                given.giveBack();
            }
        }
    }

    private synchronized boolean over() {
        return cancelled;
    }

    /** Never called once the lease has arrived. */
    void cancel() {
        Lease given;
        synchronized (this) {
            cancelled = true;
            given = lease;
        }
        if (given != null) {
            given.giveBack();
        }
        budget.forget(this);
    }
}
