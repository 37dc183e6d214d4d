package io.penstock.rate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The reactive skin of a {@link Ledger}: a line of waiting subscribers and one timer for its head.
 *
 * <p>A grant is recorded when it is handed out, never before, so that one who cancels while waiting leaves no trace. The line
 * is as long as there are callers that wait: each holds one place. The lock guards arithmetic only; no signal is sent under
 * it.
 */
final class Budget implements Permits {

    private static final Duration LONGEST = Duration.ofDays(366);

    private final Scheduler timer;
    private final RandomGenerator random;
    private final long epoch;
    private final AtomicInteger drains = new AtomicInteger();
    private volatile int most = Integer.MAX_VALUE;

    // all below guarded by `line`
    private final Line line = new Line();
    private final Ledger ledger = new Ledger();
    private @Nullable Disposable alarm;
    private long alarmAt;
    private @Nullable RejectedExecutionException timerGone;

    Budget(Scheduler timer, RandomGenerator random) {
        this.timer = timer;
        this.random = random;
        this.epoch = timer.now(TimeUnit.NANOSECONDS);
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS) - epoch;
    }

    /** From now on these limits hold as well. */
    void narrow(List<RateLimit> limits, int concurrency) {
        synchronized (line) {
            ledger.narrow(now(), limits, concurrency);
            most = ledger.most();
        }
        drain();
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

    private IllegalArgumentException tooDear(int cost) {
        return new IllegalArgumentException("a request costs 1 to " + most
                + " permits under these limits, but this one " + cost + ": lower its cost or raise the limit");
    }

    void enqueue(Waiter waiter) {
        synchronized (line) {
            if (waiter.waiting()) { // not cancelled on the way here
                line.add(waiter);
            }
        }
        drain();
    }

    void forget(Waiter waiter) {
        synchronized (line) {
            line.remove(waiter);
            if (line.first() == null) {
                stopAlarm();
            }
        }
        drain();
    }

    /** Hands out what may be handed out now; one thread at a time, outside the lock. */
    private void drain() {
        if (drains.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        try {
            while (missed != 0) {
                handOut();
                missed = drains.addAndGet(-missed);
            }
        } finally {
            if (missed != 0) { // a subscriber threw what must not be caught: the others still get theirs later
                drains.set(0);
            }
        }
    }

    private void handOut() {
        for (Waiter next = next(); next != null; next = next()) {
            if (next.cost() > most) {
                next.refuse(tooDear(next.cost()));
            } else {
                next.hand();
            }
        }
        for (Waiter lost = stranded(); lost != null; lost = stranded()) {
            lost.refuse(new IllegalStateException("the timer of this budget was shut down", timerGone));
        }
    }

    private @Nullable Waiter next() {
        synchronized (line) {
            Waiter head = line.first();
            if (head == null || !ledger.slotFree()) {
                return null;
            }
            if (head.cost() <= most) {
                long now = now();
                long at = ledger.openAt(now, head.cost());
                if (at > now) {
                    wakeAt(at, now);
                    return null;
                }
                ledger.grant(now, head.cost());
            }
            line.remove(head);
            return head;
        }
    }

    private void wakeAt(long at, long now) {
        if (alarm != null && alarmAt <= at) {
            return;
        }
        stopAlarm();
        try {
            alarmAt = at;
            alarm = timer.schedule(this::ring, at - now, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException shutDown) {
            timerGone = shutDown;
        }
    }

    private void ring() {
        synchronized (line) {
            alarm = null;
        }
        drain();
    }

    private void stopAlarm() {
        if (alarm != null) {
            alarm.dispose();
            alarm = null;
        }
    }

    /** One who would wait for ever, because there is no timer any more. */
    private @Nullable Waiter stranded() {
        synchronized (line) {
            Waiter head = timerGone == null ? null : line.first();
            if (head != null) {
                line.remove(head);
            }
            return head;
        }
    }

    /** Takes back the newest grant, which met nobody: the next one is made only when this one is settled. */
    void takeBack(int cost) {
        synchronized (line) {
            ledger.revoke(cost);
        }
    }

    void release() {
        synchronized (line) {
            ledger.release();
        }
        drain();
    }

    @Override
    public void hold(Duration wait) {
        synchronized (line) {
            ledger.hold(now() + nanos(wait));
        }
    }

    @Override
    public void hint(long remaining, Duration reset, long quota) {
        long span = nanos(reset);
        if (span == 0) {
            return;
        }
        synchronized (line) {
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
        synchronized (line) {
            return ledger.usage(now(), line.size());
        }
    }
}
