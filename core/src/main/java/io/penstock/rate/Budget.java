package io.penstock.rate;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The reactive skin of a budget: a queue of waiting subscribers and one timer for its head.
 *
 * <p>A grant is recorded when it is handed out, never before, so one that cancels while waiting leaves no trace. The queue is
 * bounded by how many callers there are: each holds one place.
 */
final class Budget implements Permits {

    private final Scheduler timer;
    private final RandomGenerator random;
    private final Meter[] meters;
    private final int concurrency;
    private final int most;
    private final Gate gate = new Gate();

    // all below guarded by `queue`
    private final Deque<Waiter> queue = new ArrayDeque<>();
    private int inFlight;
    private long granted;
    private @Nullable Disposable alarm;
    private long alarmAt;

    private final AtomicInteger drains = new AtomicInteger();

    Budget(List<RateLimit> limits, int concurrency, Scheduler timer, RandomGenerator random) {
        this.timer = timer;
        this.random = random;
        this.concurrency = concurrency;
        this.meters = limits.stream().map(Meter::of).toArray(Meter[]::new);
        int least = Integer.MAX_VALUE;
        for (Meter meter : meters) {
            least = Math.min(least, meter.most());
        }
        this.most = least;
    }

    @Override
    public Mono<Permit> acquire(int cost) {
        if (cost < 1 || cost > most) {
            return Mono.error(new IllegalArgumentException(
                    "a request costs 1 to " + most + " permits under these limits, but this one " + cost));
        }
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Permit> actual) {
                actual.onSubscribe(new Waiter(Budget.this, actual, cost));
            }
        };
    }

    void enqueue(Waiter waiter) {
        synchronized (queue) {
            queue.addLast(waiter);
        }
        drain();
    }

    void forget(Waiter waiter) {
        synchronized (queue) {
            queue.remove(waiter);
        }
        drain();
    }

    /** Hands out what may be handed out now; one thread at a time, outside the lock. */
    void drain() {
        if (drains.getAndIncrement() != 0) {
            return;
        }
        int missed = 1;
        do {
            for (Waiter next = next(); next != null; next = next()) {
                next.hand();
            }
            missed = drains.addAndGet(-missed);
        } while (missed != 0);
    }

    private @Nullable Waiter next() {
        synchronized (queue) {
            Waiter head = queue.peekFirst();
            if (head == null || inFlight >= concurrency) {
                return null;
            }
            long now = timer.now(TimeUnit.NANOSECONDS);
            long at = gate.nextAt(now, head.cost());
            for (Meter meter : meters) {
                at = Math.max(at, meter.nextAt(now, head.cost()));
            }
            if (at > now) {
                wakeAt(at, now);
                return null;
            }
            queue.removeFirst();
            record(now, head);
            return head;
        }
    }

    private void record(long now, Waiter waiter) {
        for (Meter meter : meters) {
            meter.grant(now, waiter.cost());
        }
        gate.granted(now, waiter.cost());
        inFlight++;
        waiter.number = ++granted;
    }

    private void wakeAt(long at, long now) {
        if (alarm != null && alarmAt <= at && alarmAt > now) {
            return;
        }
        if (alarm != null) {
            alarm.dispose();
        }
        alarmAt = at;
        alarm = timer.schedule(this::drain, at - now, TimeUnit.NANOSECONDS);
    }

    /** Gives a slot back; the quota too if the permit was never used and no later grant was made. */
    void release(Waiter waiter, boolean unused) {
        synchronized (queue) {
            inFlight--;
            if (unused && waiter.number == granted) {
                for (Meter meter : meters) {
                    meter.revoke();
                }
                granted--;
            }
        }
        drain();
    }

    @Override
    public void hold(Duration wait) {
        synchronized (queue) {
            gate.closeUntil(timer.now(TimeUnit.NANOSECONDS) + wait.toNanos());
        }
    }

    @Override
    public void hint(long remaining, Duration reset) {
        synchronized (queue) {
            long now = timer.now(TimeUnit.NANOSECONDS);
            long span = reset.toNanos();
            if (remaining <= 0) {
                long spread = Math.min(Duration.ofSeconds(1).toNanos(), span / 20);
                gate.closeUntil(now + span + (spread > 0 ? random.nextLong(spread) : 0));
            } else {
                gate.hint(now, remaining, span, most != Integer.MAX_VALUE && remaining < most / 10);
            }
        }
        drain();
    }

    @Override
    public Usage usage() {
        synchronized (queue) {
            long closed = gate.untilOpen(timer.now(TimeUnit.NANOSECONDS));
            return new Usage(queue.size(), inFlight, granted, Duration.ofNanos(closed));
        }
    }
}
