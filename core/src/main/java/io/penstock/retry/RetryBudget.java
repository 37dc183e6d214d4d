package io.penstock.retry;

import io.penstock.line.Drain;
import io.penstock.line.Ticket;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * How many repeats everybody who calls one server may make together: a bucket of 500 tokens that fills by one in two seconds.
 *
 * <p>A repeat costs {@link Cost#TRANSIENT 14} tokens, after a throttle {@link Cost#THROTTLE 5}. A success at the first try gives
 * one token, a success after repeats what the last of them cost. Without enough tokens a repeat waits its turn, so a full
 * outage costs 35 quick repeats in all and then about two a minute, however many streams there are.
 *
 * <p>One budget is shared by all who call one origin with one credential. Safe for concurrent use; holds no thread.
 */
public final class RetryBudget {

    /** What a repeat costs, in tokens. */
    public enum Cost {
        /** After a failure. */
        TRANSIENT(14),
        /** After a throttle: the server works. */
        THROTTLE(5);

        private final int tokens;

        Cost(int tokens) {
            this.tokens = tokens;
        }

        /** How many tokens. */
        public int tokens() {
            return tokens;
        }
    }

    private static final int SUCCESS = 1;

    private final Scheduler timer;
    private final Drain drain = new Drain(this::handOut);
    private final AtomicInteger out = new AtomicInteger();

    // all below guarded by `line`
    private final Map<Ticket<Lease>, Cost> line = new LinkedHashMap<>();
    private final Tokens tokens;
    private @Nullable Disposable alarm;

    /** A full budget; {@code timer} is clock and timer of its waits. */
    public RetryBudget(Scheduler timer) {
        this(timer, Tokens.MOST);
    }

    /** A budget that begins with {@code tokens}. */
    RetryBudget(Scheduler timer, int tokens) {
        this.timer = timer;
        this.tokens = new Tokens(now(), tokens);
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS);
    }

    /**
     * Emits a lease as soon as the budget holds what a repeat costs; those who wait are served in the order they came.
     *
     * <p>Nothing is taken before demand; every subscription asks anew. One that cancels while waiting leaves no trace, and a
     * lease that meets a cancelled asker is given back. The receiver MUST settle each lease.
     *
     * @return errors with {@link IllegalStateException} if the timer was shut down, and with nothing else
     */
    public Mono<Lease> take(Cost cost) {
        return Ticket.ask(ticket -> join(ticket, cost), this::forget, Lease::giveBack);
    }

    /** A lease if the budget holds what it costs and nobody waits. */
    public Optional<Lease> takeNow(Cost cost) {
        synchronized (line) {
            return line.isEmpty() ? Optional.ofNullable(lease(cost)) : Optional.empty();
        }
    }

    private @Nullable Lease lease(Cost cost) {
        if (!tokens.take(now(), cost.tokens)) {
            return null;
        }
        out.incrementAndGet();
        return new Lease(this, cost);
    }

    /** Tells of a success at the first try. */
    public void succeeded() {
        give(SUCCESS);
    }

    void settled(int back) {
        out.decrementAndGet();
        if (back > 0) {
            give(back);
        }
    }

    private void give(int back) {
        boolean somebodyWaits;
        synchronized (line) {
            tokens.give(now(), back);
            somebodyWaits = !line.isEmpty();
        }
        if (somebodyWaits) {
            drain.run();
        }
    }

    private void join(Ticket<Lease> ticket, Cost cost) {
        synchronized (line) {
            line.put(ticket, cost);
        }
        drain.run();
    }

    private void forget(Ticket<Lease> ticket) {
        boolean left;
        synchronized (line) {
            left = line.remove(ticket) != null;
            if (line.isEmpty()) {
                stopAlarm();
            }
        }
        if (left) {
            drain.run(); // a cheaper one may stand behind it
        }
    }

    private void handOut() {
        for (Runnable next = next(); next != null; next = next()) {
            next.run();
        }
    }

    /** Serves the first in line, or tells it that it will never be served; null if it must wait. */
    private @Nullable Runnable next() {
        synchronized (line) {
            Iterator<Map.Entry<Ticket<Lease>, Cost>> waiting = line.entrySet().iterator();
            if (!waiting.hasNext()) {
                return null;
            }
            Map.Entry<Ticket<Lease>, Cost> head = waiting.next();
            Ticket<Lease> ticket = head.getKey();
            Lease lease = lease(head.getValue());
            if (lease == null && wakeFor(head.getValue())) {
                return null;
            }
            waiting.remove();
            return lease != null
                    ? () -> ticket.hand(lease)
                    : () -> ticket.refuse(new IllegalStateException("the timer of this retry budget was shut down"));
        }
    }

    private boolean wakeFor(Cost cost) {
        stopAlarm();
        try {
            long wait = tokens.until(now(), cost.tokens);
            alarm = timer.schedule(drain::run, wait, TimeUnit.NANOSECONDS);
            return true;
        } catch (RejectedExecutionException shutDown) {
            return false;
        }
    }

    private void stopAlarm() {
        if (alarm != null) {
            alarm.dispose();
            alarm = null;
        }
    }

    /** How things stand. */
    public Usage usage() {
        synchronized (line) {
            return new Usage(tokens.count(now()), line.size(), out.get());
        }
    }

    /**
     * A glance at a budget.
     *
     * @param tokens how many there are
     * @param waiting how many repeats wait for some
     * @param out how many leases are not yet settled
     */
    public record Usage(int tokens, int waiting, int out) {}
}
