package io.penstock.rate;

import io.penstock.line.Drain;
import io.penstock.store.ByteStore.Stored;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The reactive skin of the budgets that one request may spend from together: a queue of waiting subscribers and one timer.
 *
 * <p>A grant is recorded when it is handed out, in all its accounts at the same instant, never before, so that one who cancels
 * while waiting leaves no trace and nobody holds a part of what is needed. The queue is as long as there are callers that wait:
 * each holds one place. The lock guards arithmetic only; no signal is sent under it.
 */
final class Budget implements Queue.Choice {

    private final Scheduler timer;
    private final RandomGenerator random;
    private final Optional<Budgets.Kept> kept;
    private final long epoch;
    private final Drain drain = new Drain(this::handOut);

    // all below guarded by `queue`
    private final Queue queue = new Queue();
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private long look;
    private long lookAt;
    private int blocked;
    private final Alarm alarm;
    private boolean unsaved;

    Budget(Scheduler timer, RandomGenerator random, Optional<Budgets.Kept> kept) {
        this.timer = timer;
        this.random = random;
        this.kept = kept;
        this.epoch = timer.now(TimeUnit.NANOSECONDS);
        this.alarm = new Alarm(timer, this::ring);
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS) - epoch;
    }

    /** Leave that spends from all of these, the widest last; from now on their terms hold as well. */
    Permits spending(List<BudgetTerms> terms) {
        Spending spending;
        synchronized (queue) {
            Account[] from = terms.stream().map(this::account).toArray(Account[]::new);
            boolean usual =
                    from.length == 1 && from[0] == accounts.values().iterator().next();
            spending = new Spending(this, from, usual);
        }
        drain.run();
        return spending;
    }

    private Account account(BudgetTerms terms) {
        long now = now();
        Account account = accounts.computeIfAbsent(terms.key(), key -> {
            Account made = new Account(terms.name());
            kept.ifPresent(where -> made.keepIn(where.store(), where.entry(key), where.clock(), now));
            return made;
        });
        account.narrow(terms, now);
        return account;
    }

    /** A permit at once, if nobody waits for anything and nothing has to be stored first. */
    Optional<Permits.Permit> grantNow(Spending from, Asker asker, int cost) {
        synchronized (queue) {
            if (queue.size() > 0 || cost > from.most()) {
                return Optional.empty();
            }
            long now = now();
            for (Account account : from.accounts()) {
                if (account.stores()
                        || !account.ready(now, cost)
                        || account.ledger().openAt(now, cost) > now) {
                    return Optional.empty();
                }
            }
            Waiter served = Waiter.served(from, asker, cost);
            spend(served, now);
            queue.passed(served);
            return Optional.of(served);
        }
    }

    void enqueue(Waiter waiter) {
        synchronized (queue) {
            if (waiter.waiting()) { // not cancelled on the way here
                queue.add(waiter);
            }
        }
        drain.run();
    }

    void forget(Waiter waiter) {
        synchronized (queue) {
            remove(waiter);
        }
        drain.run();
    }

    private void remove(Waiter waiter) {
        queue.remove(waiter);
        stopIfNobodyWaits();
    }

    private void stopIfNobodyWaits() {
        if (queue.size() == 0) {
            alarm.stop();
        }
    }

    private void handOut() {
        for (Waiter next = next(); next != null; next = next()) {
            if (next.waiting()) {
                next.refuse(next.cost() > next.most() ? next.tooDear() : shutOut(next));
            } else {
                next.hand();
            }
        }
        if (kept.isPresent()) {
            store();
        }
        for (Waiter lost = stranded(); lost != null; lost = stranded()) {
            lost.refuse(why(lost));
        }
    }

    /** The next to get a permit, which is granted, or one that can never have it, which still waits. */
    private @Nullable Waiter next() {
        synchronized (queue) {
            for (Waiter head = look(); head != null; head = look()) {
                if (hopeless(head)) {
                    remove(head);
                    return head;
                }
                if (head.claim()) {
                    spend(head, lookAt);
                    queue.served(head);
                    stopIfNobodyWaits();
                    return head;
                }
                remove(head); // cancelled a moment ago
            }
            return null;
        }
    }

    private @Nullable Waiter look() {
        look++;
        lookAt = now();
        blocked = 0;
        return queue.first(this);
    }

    /**
     * Whether every account of {@code head} is open.
     *
     * <p>One who waits keeps all its accounts from those behind, but for the widest as long as another one is closed: so nobody
     * is overtaken for ever, and a closed quota holds up only those who spend from it.
     */
    @Override
    public boolean takes(Waiter head) {
        if (hopeless(head)) {
            return true;
        }
        Account[] spent = head.accounts();
        int widest = spent.length - 1;
        boolean open = true;
        for (int i = 0; i < widest; i++) {
            open &= open(spent[i], head.cost());
        }
        if (open && open(spent[widest], head.cost())) {
            return true;
        }
        for (int i = open ? widest : widest - 1; i >= 0; i--) {
            block(spent[i]);
        }
        return false;
    }

    /** Whether {@code head} is to be told that it will get no permit. */
    private boolean hopeless(Waiter head) {
        return head.isShut(lookAt) || head.cost() > head.most();
    }

    private Throwable shutOut(Waiter head) {
        synchronized (queue) {
            return head.shutOut();
        }
    }

    private boolean open(Account account, int cost) {
        if (account.blocked == look || !account.ready(lookAt, cost)) {
            return false;
        }
        long at = account.ledger().openAt(lookAt, cost);
        if (at > lookAt) {
            alarm.wakeAt(at, lookAt);
        }
        return at <= lookAt;
    }

    private void block(Account account) {
        if (account.blocked != look) {
            account.blocked = look;
            blocked++;
        }
    }

    @Override
    public boolean over() {
        return blocked == accounts.size();
    }

    private static void spend(Waiter by, long now) {
        by.grantedAt = now;
        Account[] spent = by.accounts();
        for (int i = 0; i < spent.length; i++) {
            by.granted(i, spent[i].grant(now, by.cost()));
        }
    }

    private void ring() {
        synchronized (queue) {
            alarm.rang();
        }
        drain.run();
    }

    /** Asks the store for what has to be stored before it may be granted. */
    private void store() {
        for (Account account : all()) {
            Optional<Mono<Stored>> next;
            synchronized (queue) {
                next = account.next(now());
            }
            next.ifPresent(ask -> ask.subscribe(said -> stored(account, said), failure -> notStored(account, failure)));
        }
    }

    private List<Account> all() {
        synchronized (queue) {
            return List.copyOf(accounts.values());
        }
    }

    private void stored(Account account, Stored said) {
        synchronized (queue) {
            account.stored(said, now());
            unsaved |= account.unsaved() != null;
        }
        drain.run();
    }

    private void notStored(Account account, Throwable why) {
        synchronized (queue) {
            account.notStored(why);
            unsaved = true;
        }
        drain.run();
    }

    /** One who would wait for ever, because there is no timer any more or because nothing more can be stored. */
    private @Nullable Waiter stranded() {
        synchronized (queue) {
            if (alarm.gone() == null && !unsaved) {
                return null;
            }
            Waiter lost = queue.first(alarm.gone() != null ? anybody -> true : waiter -> waiter.unsaved() != null);
            if (lost == null) {
                accounts.values().forEach(Account::forgive); // whoever asks next tries again
                unsaved = false;
            } else {
                remove(lost);
            }
            return lost;
        }
    }

    private Throwable why(Waiter lost) {
        synchronized (queue) {
            Throwable cause = lost.unsaved();
            return cause != null
                    ? cause
                    : new IllegalStateException("the timer of this budget was shut down", alarm.gone());
        }
    }

    /** Something that becomes of one account, which is number {@code i} of those that are spent from. */
    interface Change {
        void of(Account account, int i, long now);
    }

    /** Changes all of {@code spent} at once; whoever may pass because of that passes. */
    void change(Account[] spent, Change change) {
        tighten(spent, change);
        drain.run();
    }

    /** As {@link #change}, for what lets nobody pass. */
    void tighten(Account[] spent, Change change) {
        synchronized (queue) {
            long now = now();
            for (int i = 0; i < spent.length; i++) {
                change.of(spent[i], i, now);
            }
        }
    }

    /** Between 0 and 1. */
    double chance() {
        synchronized (queue) {
            return random.nextDouble();
        }
    }

    Permits.Usage usage(Account account) {
        synchronized (queue) {
            return account.ledger().usage(now(), account.waiting);
        }
    }

    BudgetState state(Account account) {
        synchronized (queue) {
            return account.state(now());
        }
    }

    /** How all its accounts stand. */
    List<BudgetState> states() {
        synchronized (queue) {
            long now = now();
            return accounts.values().stream().map(account -> account.state(now)).toList();
        }
    }
}
