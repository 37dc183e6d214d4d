package io.penstock.rate;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;

/** Leave that spends from one account, or from several at once. Immutable. */
final class Spending implements Permits {

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final long SPREAD = Duration.ofSeconds(1).toNanos();

    private final Budget budget;
    private final Account[] accounts;
    private final boolean usual;

    /**
     * @param accounts the widest last
     * @param usual whether this is what most requests spend from
     */
    Spending(Budget budget, Account[] accounts, boolean usual) {
        this.budget = budget;
        this.accounts = accounts.clone();
        this.usual = usual;
    }

    Budget budget() {
        return budget;
    }

    /** Not to be changed. */
    Account[] accounts() {
        return accounts;
    }

    int most() {
        int most = accounts[0].most();
        for (int i = 1; i < accounts.length; i++) {
            most = Math.min(most, accounts[i].most());
        }
        return most;
    }

    /** Names the line of {@code stream}; two of one stream that spend from different accounts do not wait for one another. */
    Object line(String stream) {
        return usual ? stream : new Line(stream, this);
    }

    private record Line(String stream, Spending from) {}

    @Override
    public Mono<Permit> acquire(int cost) {
        if (cost < 1 || cost > most()) {
            return Mono.error(tooDear(cost));
        }
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Permit> actual) {
                actual.onSubscribe(new Waiter(Spending.this, actual, cost));
            }
        };
    }

    @Override
    public Optional<Permit> acquireNow(int cost, Asker asker) {
        return budget.grantNow(this, asker, cost);
    }

    IllegalArgumentException tooDear(int cost) {
        return new IllegalArgumentException("a request costs 1 to " + most()
                + " permits under these limits, but this one " + cost + ": lower its cost or raise limits.requests");
    }

    /** Takes back a grant that was cancelled before it was handed over. */
    void takeBack(Waiter cancelled) {
        budget.change(accounts, (account, i, now) -> account.takeBack(now, cancelled.grant(i), cancelled.cost()));
    }

    void settle(Waiter grant, int actual) {
        budget.change(accounts, (account, i, now) -> {
            if (!grant.settled) {
                account.settle(now, grant, grant.grant(i), actual);
                grant.settled = i == accounts.length - 1;
            }
        });
    }

    void served(Waiter grant) {
        budget.change(accounts, (account, i, now) -> account.ledger().served(grant.grant(i)));
    }

    void pushedBack(Waiter grant) {
        budget.tighten(accounts, (account, i, now) -> account.ledger().pushedBack(grant.grant(i)));
    }

    void throttled(Waiter grant, Duration wait) {
        double chance = budget.chance();
        long asked = nanos(wait);
        budget.tighten(accounts, (account, i, now) -> {
            account.ledger().pushedBack(grant.grant(i));
            account.ledger().refused(now, grant.grant(i), asked, chance);
        });
    }

    void release() {
        budget.change(accounts, (account, i, now) -> account.ledger().release());
    }

    @Override
    public void hold(Duration wait) {
        long asked = nanos(wait);
        budget.tighten(accounts, (account, i, now) -> account.ledger().hold(now + asked));
    }

    @Override
    public void shut(Duration wait, Supplier<? extends RuntimeException> why) {
        long asked = nanos(wait);
        budget.change(accounts, (account, i, now) -> account.shut(now + asked, why));
    }

    @Override
    public void hint(long remaining, Duration reset, long quota) {
        long span = nanos(reset);
        if (span == 0) {
            return;
        }
        if (remaining > 0) {
            budget.tighten(accounts, (account, i, now) -> account.ledger().hint(now, remaining, now + span, quota));
        } else {
            long spread = (long) (budget.chance() * Math.min(SPREAD, span / 20));
            budget.tighten(accounts, (account, i, now) -> account.ledger().hold(now + span + spread));
        }
    }

    private static long nanos(Duration time) {
        return time.isNegative() ? 0 : (time.compareTo(LONGEST) > 0 ? LONGEST : time).toNanos();
    }

    @Override
    public Usage usage() {
        return budget.usage(accounts[0]);
    }

    @Override
    public BudgetState state() {
        return budget.state(accounts[0]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Spending same && budget == same.budget && Arrays.equals(accounts, same.accounts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(accounts);
    }
}
