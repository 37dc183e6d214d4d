package io.penstock.breaker;

import io.penstock.line.Drain;
import io.penstock.line.Ticket;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Lets requests pass to a server that works, and probes one that does not.
 *
 * <p>One breaker guards one origin for one credential: share the instance. Safe for concurrent use; holds no thread. A closed
 * circuit costs its callers one volatile read to pass and one compare-and-set to tell the result.
 */
public final class CircuitBreaker {

    /** What a circuit lets pass. */
    public enum State {
        /** Everything; results are counted. */
        CLOSED,
        /** Nothing until its time is over. */
        OPEN,
        /** One probe at a time. */
        HALF_OPEN,
        /** Nothing until an operator says otherwise. */
        FORCED_OPEN,
        /** Everything; nothing is counted. */
        DISABLED
    }

    private static final AtomicReferenceFieldUpdater<CircuitBreaker, Circuit> CIRCUIT =
            AtomicReferenceFieldUpdater.newUpdater(CircuitBreaker.class, Circuit.class, "circuit");

    private final BreakerPolicy policy;
    private final Scheduler timer;
    private final RandomGenerator random;
    private final long epoch;
    private volatile Circuit circuit;
    private final Drain drain = new Drain(this::handOut);
    private final AtomicInteger out = new AtomicInteger();
    private volatile int waiting;

    // all below guarded by `line`
    private final Set<Ticket<Pass>> line = new LinkedHashSet<>();
    private @Nullable Disposable alarm;

    /**
     * A closed breaker.
     *
     * @param timer clock and timer of its waits
     * @param random spreads the time it stays open
     */
    public CircuitBreaker(BreakerPolicy policy, Scheduler timer, RandomGenerator random) {
        this.policy = policy;
        this.timer = timer;
        this.random = random;
        this.epoch = timer.now(TimeUnit.NANOSECONDS);
        this.circuit = Circuit.closed(policy, 0);
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS) - epoch;
    }

    /**
     * Emits a pass as soon as the circuit lets one more request through; those who wait are served in the order they came.
     *
     * <p>Nothing is reserved before demand; every subscription asks anew. One that cancels while waiting leaves no trace, and a
     * pass that meets a cancelled asker is given back. The receiver MUST tell each pass how the request ended.
     *
     * @return errors with {@link IllegalStateException} if the timer was shut down, and with nothing else
     */
    public Mono<Pass> enter() {
        return Ticket.ask(this::join, this::forget, Pass::release);
    }

    /** A pass, if the circuit lets one more through and nobody is to be overtaken. */
    public Optional<Pass> enterNow() {
        return waiting == 0 ? Optional.ofNullable(admit()) : Optional.empty();
    }

    @SuppressWarnings("ReferenceEquality") // the very state that is swapped is meant, as the swap itself compares
    private @Nullable Pass admit() {
        while (true) {
            long now = now();
            Circuit before = circuit;
            if (!before.admits(now)) {
                return null;
            }
            Circuit after = before.admit(now);
            if (after == before
                    || CIRCUIT.compareAndSet(this, before, after)) { // the first past `until` moves the state
                out.incrementAndGet();
                return new Pass(this, after.period(), after.state() == State.HALF_OPEN);
            }
        }
    }

    private void join(Ticket<Pass> waiter) {
        synchronized (line) {
            line.add(waiter);
            waiting = line.size();
        }
        drain.run();
    }

    private void forget(Ticket<Pass> waiter) {
        synchronized (line) {
            line.remove(waiter);
            waiting = line.size();
            if (line.isEmpty()) {
                stopAlarm();
            }
        }
    }

    private void handOut() {
        for (Ticket<Pass> next = head(); next != null; next = head()) {
            Pass pass = admit();
            if (pass == null && wake()) {
                return;
            }
            forget(next);
            if (pass != null) {
                next.hand(pass);
            } else {
                next.refuse(new IllegalStateException("the timer of this breaker was shut down"));
            }
        }
    }

    private @Nullable Ticket<Pass> head() {
        synchronized (line) {
            Iterator<Ticket<Pass>> waiting = line.iterator();
            return waiting.hasNext() ? waiting.next() : null;
        }
    }

    /** Sees to it that those who wait are looked after later; false if there is no timer any more. */
    private boolean wake() {
        Circuit seen = circuit;
        if (seen.state() != State.OPEN) {
            return true; // the probe's result, or an operator, wakes them
        }
        synchronized (line) {
            stopAlarm();
            try {
                alarm = timer.schedule(drain::run, Math.max(0, seen.until() - now()), TimeUnit.NANOSECONDS);
                return true;
            } catch (RejectedExecutionException shutDown) {
                return false;
            }
        }
    }

    private void stopAlarm() {
        if (alarm != null) {
            alarm.dispose();
            alarm = null;
        }
    }

    boolean current(long period) {
        Circuit seen = circuit;
        return seen.period() == period || seen.state() == State.CLOSED || seen.state() == State.DISABLED;
    }

    void succeeded(long period, long began) {
        boolean late = policy.slow(began);
        double chance = late ? chance() : 0; // only what is late can open it
        long now = now();
        change(c -> c.succeed(period, late, now, policy, chance));
    }

    void failed(long period, Duration asked) {
        double chance = chance();
        long now = now();
        change(c -> c.fail(period, asked.toNanos(), now, policy, chance));
    }

    void forgetProbe(long period) {
        change(c -> c.forgetProbe(period));
    }

    void returned() {
        out.decrementAndGet();
    }

    private double chance() {
        synchronized (random) {
            return random.nextDouble();
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very state that was swapped is meant, as the swap itself compares
    private void change(UnaryOperator<Circuit> step) {
        Circuit before = circuit;
        Circuit after = step.apply(before);
        while (after != before && !CIRCUIT.compareAndSet(this, before, after)) {
            before = circuit;
            after = step.apply(before);
        }
        if (after != before && (after.period() != before.period() || after.state() == State.HALF_OPEN)) {
            drain.run();
        }
    }

    /** Lets nothing pass until {@link #close} or {@link #disable}. */
    public void forceOpen() {
        change(c -> c.put(State.FORCED_OPEN, now()));
    }

    /** Lets everything pass and counts nothing, until {@link #close}. */
    public void disable() {
        change(c -> c.put(State.DISABLED, now()));
    }

    /** Begins anew with a closed circuit. */
    public void close() {
        change(c -> c.put(State.CLOSED, now()));
    }

    /** How things stand. */
    public View view() {
        Circuit seen = circuit;
        Duration left = Duration.ofNanos(seen.state() == State.OPEN ? Math.max(0, seen.until() - now()) : 0);
        return new View(seen.state(), left, seen.opened(), waiting, out.get());
    }

    /**
     * A glance at a breaker.
     *
     * @param state what it lets pass
     * @param untilProbe how long until an open circuit is probed; zero otherwise
     * @param opened how many times it has opened in a row
     * @param waiting how many ask and wait
     * @param out how many passes are out
     */
    public record View(State state, Duration untilProbe, int opened, int waiting, int out) {}
}
