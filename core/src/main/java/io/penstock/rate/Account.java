package io.penstock.rate;

import io.penstock.store.ByteStore;
import io.penstock.store.ByteStore.Stored;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One of the budgets that requests spend from: what is spent of it, and what of that outlives the process. Guarded by its {@link Budget}. */
final class Account {

    private final String name;
    private final Ledger ledger = new Ledger();
    private @Nullable SavedQuota saved;
    private @Nullable Throwable unsaved;
    private @Nullable Shut shut;
    private int asked = 1;

    /** How many wait for it. */
    int waiting;

    /** The last look of the budget in which somebody was found to wait for it. */
    long blocked;

    /** Read without the lock as well. */
    private volatile int most = Integer.MAX_VALUE;

    /** Until when nobody passes or waits, and what they are told. */
    private record Shut(long until, Supplier<? extends RuntimeException> why) {}

    /** @param name what people are shown */
    Account(String name) {
        this.name = name;
    }

    Ledger ledger() {
        return ledger;
    }

    /** The most that can ever be granted at once. */
    int most() {
        return most;
    }

    /** From now on these terms hold as well. */
    void narrow(BudgetTerms terms, long now) {
        ledger.narrow(now, terms);
        most = ledger.most();
        if (saved != null) {
            saved.keep(ledger.limits(), now, ledger.granted());
        }
    }

    /** From now on what is spent of long limits is kept under {@code entry}. */
    void keepIn(ByteStore store, String entry, Clock clock, long now) {
        saved = new SavedQuota(store, entry, clock, now);
    }

    /** Whether grants have to be stored before they are made. */
    boolean stores() {
        return saved != null && saved.keepsAny();
    }

    /** Whether a slot is free, and {@code cost} more stored as spent if it has to be. */
    boolean ready(long now, int cost) {
        if (!ledger.slotFree()) {
            return false;
        }
        if (saved != null && !saved.covers(now, ledger.granted(), cost)) {
            asked = cost;
            return false;
        }
        return true;
    }

    /** The number of the grant. */
    long grant(long now, int cost) {
        if (saved != null) {
            saved.spent(now, cost);
        }
        return ledger.grant(now, cost);
    }

    void takeBack(long now, long grant, int cost) {
        if (ledger.revoke(grant, cost) && saved != null) {
            saved.spent(now, -cost);
        }
    }

    void settle(long now, Waiter grant, long number, int actual) {
        ledger.settle(now, grant, number, actual);
        if (saved != null) {
            saved.spent(now, (long) actual - grant.cost());
        }
    }

    /** What to ask the store next, if anything. */
    Optional<Mono<Stored>> next(long now) {
        return saved == null ? Optional.empty() : saved.next(now, ledger.granted(), asked);
    }

    void stored(Stored said, long now) {
        if (saved != null) {
            saved.done();
            try {
                saved.take(said, ledger, now);
            } catch (RuntimeException corrupt) {
                unsaved = corrupt;
            }
        }
    }

    void notStored(@Nullable Throwable why) {
        if (saved != null) {
            saved.done();
        }
        unsaved = why;
    }

    /** Why nothing can be stored; null if it can. */
    @Nullable Throwable unsaved() {
        return unsaved;
    }

    /** Whoever asks next tries again. */
    void forgive() {
        unsaved = null;
    }

    /** Nobody passes or waits before {@code until}. */
    void shut(long until, Supplier<? extends RuntimeException> why) {
        ledger.hold(until);
        if (shut == null || shut.until() < until) {
            shut = new Shut(until, why);
        }
    }

    boolean isShut(long now) {
        if (shut != null && now >= shut.until()) {
            shut = null;
        }
        return shut != null;
    }

    /** What those are told who ask while it is shut; empty if it is not. */
    Optional<RuntimeException> shutOut() {
        return Optional.ofNullable(shut).map(now -> now.why().get());
    }

    BudgetState state(long now) {
        return ledger.state(now, name, waiting);
    }
}
