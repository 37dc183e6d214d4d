package io.penstock.rate;

import io.penstock.rate.Permits.Permit;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/**
 * One who asks: first a place in the line, then the permit itself.
 *
 * <p>{@code NEW} → {@code WAITING} at the first demand → {@code GRANTED} under the budget's lock, together with what is spent →
 * {@code HANDED} to the subscriber → {@code OVER}. Each step is one compare-and-set, so that of a grant and a cancel one knows
 * of the other: whoever moves a granted permit to {@code OVER} gives its slot back, once.
 */
final class Waiter implements Subscription, Permit {

    private static final int NEW = 0;
    private static final int WAITING = 1;
    private static final int GRANTED = 2;
    private static final int HANDED = 3;
    private static final int OVER = 4;

    private final Spending from;
    private final Budget budget;
    private final @Nullable CoreSubscriber<? super Permit> actual;
    private final Asker asker;
    private final Object line;
    private final int cost;
    private final AtomicInteger state;

    // guarded by the budget
    @Nullable Waiter ahead;

    @Nullable Waiter behind;

    boolean inLine;
    boolean settled;
    long grantedAt;
    private long grant;
    private long @Nullable [] others;

    /** The thread inside {@code onNext}: only that thread compares itself with it, so it needs no barrier. */
    private @Nullable Thread handing;

    Waiter(Spending from, CoreSubscriber<? super Permit> actual, int cost) {
        this(from, actual, Asker.in(actual.currentContext()), cost);
    }

    private Waiter(Spending from, @Nullable CoreSubscriber<? super Permit> actual, Asker asker, int cost) {
        this.from = from;
        this.budget = from.budget();
        this.actual = actual;
        this.asker = asker;
        this.line = actual == null ? "" : from.line(asker.stream());
        this.cost = cost;
        this.state = new AtomicInteger(actual == null ? HANDED : NEW);
    }

    /** One who did not have to wait, and has the permit. */
    static Waiter served(Spending from, Asker asker, int cost) {
        return new Waiter(from, null, asker, cost);
    }

    private CoreSubscriber<? super Permit> receiver() {
        return Objects.requireNonNull(actual, "nobody waits for this permit");
    }

    int cost() {
        return cost;
    }

    /** What it spends from, the widest last. */
    Account[] accounts() {
        return from.accounts();
    }

    /** The most it may cost. */
    int most() {
        return from.most();
    }

    /** The line it stands in: that of its stream, among those that spend from the same. */
    Object line() {
        return line;
    }

    /** Why nothing it spends can be stored; null if it can. */
    @Nullable Throwable unsaved() {
        for (Account account : accounts()) {
            if (account.unsaved() != null) {
                return account.unsaved();
            }
        }
        return null;
    }

    /** Whether something that it spends from lets nobody wait. */
    boolean isShut(long now) {
        boolean shut = false;
        for (Account account : accounts()) {
            shut |= account.isShut(now);
        }
        return shut;
    }

    /** What it is told then. */
    Throwable shutOut() {
        for (Account account : accounts()) {
            Optional<RuntimeException> said = account.shutOut();
            if (said.isPresent()) {
                return said.get();
            }
        }
        return new IllegalStateException("this budget was shut a moment ago: ask again");
    }

    IllegalArgumentException tooDear() {
        return from.tooDear(cost);
    }

    /** So many more wait for each of its accounts. */
    void count(int more) {
        for (Account account : accounts()) {
            account.waiting += more;
        }
    }

    /** The number of the grant in account {@code i}. */
    long grant(int i) {
        return i == 0 || others == null ? grant : others[i];
    }

    /** Takes note of the number of the grant in account {@code i}. */
    void granted(int i, long number) {
        if (i == 0) {
            grant = number;
        } else {
            others = others == null ? new long[accounts().length] : others;
            others[i] = number;
        }
    }

    Priority priority() {
        return asker.priority();
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
     * Leaves the line; once the permit is granted, gives it back.
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
        } else if (state.compareAndSet(GRANTED, OVER)) {
            from.takeBack(this);
        } else if (handing != Thread.currentThread()) {
            release();
        }
    }

    /** Under the budget's lock: from here on the permit is this waiter's, unless it has been cancelled. */
    boolean claim() {
        return state.compareAndSet(WAITING, GRANTED);
    }

    /** Hands the granted permit over, unless a cancel has taken it back. A receiver that throws has not taken it. */
    void hand() {
        handing = Thread.currentThread();
        if (!state.compareAndSet(GRANTED, HANDED)) {
            return;
        }
        boolean taken = false;
        try {
            receiver().onNext(this);
            taken = true;
        } finally {
            handing = null;
            if (!taken) {
                release();
            }
        }
        receiver().onComplete();
    }

    /** Tells that no permit will ever come. */
    void refuse(Throwable why) {
        if (state.compareAndSet(WAITING, OVER)) {
            receiver().onError(why);
        }
    }

    @Override
    public void settle(int actualCost) {
        if (actualCost < 0) {
            throw new IllegalArgumentException("a request cannot have cost " + actualCost);
        }
        from.settle(this, actualCost);
    }

    @Override
    public void served() {
        from.served(this);
    }

    @Override
    public void pushedBack() {
        from.pushedBack(this);
    }

    @Override
    public void throttled(Duration wait) {
        from.throttled(this, wait);
    }

    @Override
    public void release() {
        if (state.compareAndSet(HANDED, OVER)) {
            from.release();
        }
    }

    @Override
    public String toString() {
        return "permit of " + cost;
    }
}
