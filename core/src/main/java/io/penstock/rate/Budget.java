package io.penstock.rate;

import io.penstock.line.Drain;
import io.penstock.store.ByteStore;
import io.penstock.store.ByteStore.Stored;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The reactive skin of a {@link Ledger}: a queue of waiting subscribers and one timer for its head.
 *
 * <p>A grant is recorded when it is handed out, never before, so that one who cancels while waiting leaves no trace. The queue
 * is as long as there are callers that wait: each holds one place. The lock guards arithmetic only; no signal is sent under
 * it.
 */
final class Budget implements Permits {

    private static final Duration LONGEST = Duration.ofDays(366);

    private final String name;
    private final Scheduler timer;
    private final RandomGenerator random;
    private final long epoch;
    private final Drain drain = new Drain(this::handOut);
    private volatile int most = Integer.MAX_VALUE;

    // all below guarded by `queue`
    private final Queue queue = new Queue();
    private final Ledger ledger = new Ledger();
    private @Nullable SavedQuota saved;
    private final Alarm alarm;
    private @Nullable Throwable unsaved;
    private @Nullable Shut shut;

    /** Until when nobody passes or waits, and what they are told. */
    private record Shut(long until, Supplier<? extends RuntimeException> why) {}

    Budget(String name, Scheduler timer, RandomGenerator random) {
        this.name = name;
        this.timer = timer;
        this.random = random;
        this.epoch = timer.now(TimeUnit.NANOSECONDS);
        this.alarm = new Alarm(timer, this::ring);
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS) - epoch;
    }

    /** From now on these terms hold as well. */
    void narrow(BudgetTerms terms) {
        synchronized (queue) {
            ledger.narrow(now(), terms);
            most = ledger.most();
            if (saved != null) {
                saved.keep(ledger.limits(), now(), ledger.granted());
            }
        }
        drain.run();
    }

    /** From now on what is spent of long limits is kept under {@code entry}; the first call counts. */
    void keepIn(ByteStore store, String entry, Clock clock) {
        synchronized (queue) {
            if (saved == null) {
                saved = new SavedQuota(store, entry, clock, now());
            }
        }
    }

    @Override
    public Mono<Permit> acquire(int cost) {
        if (cost < 1 || cost > most) {
            return Mono.error(tooDear(cost));
        }
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Permit> actual) {
                actual.onSubscribe(new Waiter(Budget.this, actual, cost));
            }
        };
    }

    @Override
    public Optional<Permit> acquireNow(int cost, Asker asker) {
        synchronized (queue) {
            long now = now();
            boolean open = queue.size() == 0
                    && saved == null
                    && cost <= most
                    && ledger.slotFree()
                    && ledger.openAt(now, cost) <= now;
            if (!open) {
                return Optional.empty();
            }
            Waiter served = Waiter.served(this, asker, cost);
            served.grant = ledger.grant(now, cost);
            served.grantedAt = now;
            queue.passed(served);
            return Optional.of(served);
        }
    }

    private IllegalArgumentException tooDear(int cost) {
        return new IllegalArgumentException("a request costs 1 to " + most
                + " permits under these limits, but this one " + cost + ": lower its cost or raise the limit");
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
        if (queue.size() == 0) {
            alarm.stop();
        }
    }

    private void handOut() {
        for (Waiter next = next(); next != null; next = next()) {
            if (next.waiting()) {
                next.refuse(next.cost() > most ? tooDear(next.cost()) : shutOut());
            } else {
                next.hand();
            }
        }
        store();
        for (Waiter lost = stranded(); lost != null; lost = stranded()) {
            lost.refuse(
                    unsaved != null
                            ? unsaved
                            : new IllegalStateException("the timer of this budget was shut down", alarm.gone()));
        }
    }

    /** The next to get a permit, which is granted, or one that can never have it, which still waits. */
    private @Nullable Waiter next() {
        synchronized (queue) {
            for (Waiter head = queue.first(); head != null; head = queue.first()) {
                long now = now();
                if (head.cost() > most || isShut(now)) {
                    remove(head);
                    return head;
                }
                if (!ledger.slotFree() || (saved != null && !saved.covers(now, ledger.granted(), head.cost()))) {
                    return null;
                }
                long at = ledger.openAt(now, head.cost());
                if (at > now) {
                    alarm.wakeAt(at, now);
                    return null;
                }
                if (head.claim()) {
                    grant(head, now);
                    return head;
                }
                remove(head); // cancelled a moment ago
            }
            return null;
        }
    }

    private boolean isShut(long now) {
        if (shut != null && now >= shut.until()) {
            shut = null;
        }
        return shut != null;
    }

    private Throwable shutOut() {
        synchronized (queue) {
            return shut == null
                    ? new IllegalStateException("this budget was shut a moment ago: ask again")
                    : shut.why().get();
        }
    }

    private void grant(Waiter head, long now) {
        head.grant = ledger.grant(now, head.cost());
        head.grantedAt = now;
        if (saved != null) {
            saved.spent(now, head.cost());
        }
        queue.served(head);
    }

    private void ring() {
        synchronized (queue) {
            alarm.rang();
        }
        drain.run();
    }

    /** Asks the store, if what may be granted next has to be stored first. */
    private void store() {
        Optional<Mono<Stored>> next;
        synchronized (queue) {
            Waiter head = queue.first();
            long cost = head == null ? 1 : head.cost();
            next = saved == null ? Optional.empty() : saved.next(now(), ledger.granted(), cost);
        }
        next.ifPresent(ask -> ask.subscribe(this::stored, this::notStored));
    }

    private void stored(Stored said) {
        synchronized (queue) {
            if (saved != null) {
                saved.done();
                try {
                    saved.take(said, ledger, now());
                } catch (RuntimeException corrupt) {
                    unsaved = corrupt;
                }
            }
        }
        drain.run();
    }

    private void notStored(Throwable why) {
        synchronized (queue) {
            if (saved != null) {
                saved.done();
            }
            unsaved = why;
        }
        drain.run();
    }

    /** One who would wait for ever, because there is no timer any more or because nothing more can be stored. */
    private @Nullable Waiter stranded() {
        synchronized (queue) {
            Waiter head = alarm.gone() == null && unsaved == null ? null : queue.first();
            if (head == null) {
                unsaved = null; // whoever asks next tries again
            } else {
                queue.remove(head);
            }
            return head;
        }
    }

    /** Takes back a grant that was cancelled before it was handed over. */
    void takeBack(Waiter cancelled) {
        synchronized (queue) {
            if (ledger.revoke(cancelled.grant, cancelled.cost()) && saved != null) {
                saved.spent(now(), -cancelled.cost());
            }
        }
        drain.run();
    }

    void settle(Waiter grant, int actual) {
        synchronized (queue) {
            if (grant.settled) {
                return;
            }
            grant.settled = true;
            ledger.settle(now(), grant, actual);
            if (saved != null) {
                saved.spent(now(), (long) actual - grant.cost());
            }
        }
        drain.run();
    }

    void served(Waiter grant) {
        synchronized (queue) {
            ledger.served(grant.grant);
        }
        drain.run();
    }

    void pushedBack(Waiter grant) {
        synchronized (queue) {
            ledger.pushedBack(grant.grant);
        }
    }

    void throttled(Waiter grant, Duration wait) {
        synchronized (queue) {
            ledger.pushedBack(grant.grant);
            ledger.refused(now(), grant.grant, nanos(wait), random.nextDouble());
        }
    }

    void release() {
        synchronized (queue) {
            ledger.release();
        }
        drain.run();
    }

    @Override
    public void hold(Duration wait) {
        synchronized (queue) {
            ledger.hold(now() + nanos(wait));
        }
    }

    @Override
    public void shut(Duration wait, Supplier<? extends RuntimeException> why) {
        synchronized (queue) {
            long until = now() + nanos(wait);
            ledger.hold(until);
            if (shut == null || shut.until() < until) {
                shut = new Shut(until, why);
            }
        }
        drain.run();
    }

    @Override
    public void hint(long remaining, Duration reset, long quota) {
        long span = nanos(reset);
        if (span == 0) {
            return;
        }
        synchronized (queue) {
            long now = now();
            if (remaining <= 0) {
                long spread = Math.min(Duration.ofSeconds(1).toNanos(), span / 20);
                ledger.hold(now + span + random.nextLong(spread + 1));
            } else {
                ledger.hint(now, remaining, now + span, quota);
            }
        }
    }

    private static long nanos(Duration time) {
        return time.isNegative() ? 0 : (time.compareTo(LONGEST) > 0 ? LONGEST : time).toNanos();
    }

    @Override
    public Usage usage() {
        synchronized (queue) {
            return ledger.usage(now(), queue.size());
        }
    }

    @Override
    public BudgetState state() {
        synchronized (queue) {
            return ledger.state(now(), name, queue.size());
        }
    }
}
