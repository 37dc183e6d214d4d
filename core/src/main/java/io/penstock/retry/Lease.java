package io.penstock.retry;

import java.util.concurrent.atomic.AtomicBoolean;

/** The tokens of one repeat: to be settled once, the first word counts. Safe for concurrent use. */
public final class Lease {

    private final RetryBudget budget;
    private final RetryBudget.Cost cost;
    private final AtomicBoolean settled = new AtomicBoolean();

    Lease(RetryBudget budget, RetryBudget.Cost cost) {
        this.budget = budget;
        this.cost = cost;
    }

    /** The repeat was never sent, or has succeeded: its tokens go back. */
    public void giveBack() {
        if (settled.compareAndSet(false, true)) {
            budget.settled(cost.tokens());
        }
    }

    /** The repeat was sent and has not succeeded: its tokens are spent. */
    public void spend() {
        if (settled.compareAndSet(false, true)) {
            budget.settled(0);
        }
    }
}
