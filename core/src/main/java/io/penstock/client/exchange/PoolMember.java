package io.penstock.client.exchange;

import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.rate.BudgetState;
import io.penstock.rate.hint.RateHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One credential of a pool: what is left of its quota, as far as we and the server know. Safe for concurrent use. */
final class PoolMember {

    private static final Duration UNKNOWN_THROTTLE = Duration.ofSeconds(1);

    private final Exchange exchange;
    private final int number;
    private final AtomicBoolean alive = new AtomicBoolean(true);
    private volatile long shutUntil;
    private volatile double serverUsed;

    PoolMember(Exchange exchange, int number) {
        this.exchange = exchange;
        this.number = number;
        this.shutUntil = now();
    }

    /**
     * How soon it is somebody's turn: who need not wait, then who has a free slot, then who has used least of the quota, then who has
     * least to do, then who has done least.
     */
    record Rank(long delay, boolean busy, double used, int load, long granted) implements Comparable<Rank> {

        private static final Comparator<Rank> ORDER = Comparator.comparingLong(Rank::delay)
                .thenComparing(Rank::busy)
                .thenComparingDouble(Rank::used)
                .thenComparingInt(Rank::load)
                .thenComparingLong(Rank::granted);

        @Override
        public int compareTo(Rank other) {
            return ORDER.compare(this, other);
        }

        boolean sooner(Rank other) {
            return delay < other.delay;
        }
    }

    Exchange exchange() {
        return exchange;
    }

    /** Which of the pool it is, from 1: what may be shown. */
    int number() {
        return number;
    }

    String scheme() {
        return exchange.terms().trust().authenticator().scheme();
    }

    boolean alive() {
        return alive.get();
    }

    /** Leaves the pool; false if it has left before. */
    boolean leave() {
        return alive.compareAndSet(true, false);
    }

    private long now() {
        return exchange.terms().means().timer().now(TimeUnit.NANOSECONDS);
    }

    Rank rank(ApiRequest request) {
        BudgetState state = exchange.terms().quotas().of(request).state();
        long limited = Math.max(state.limitedFor().toNanos(), state.closedFor().toNanos());
        long wait = Math.max(0, Math.max(limited, shutUntil - now()));
        int load = state.waiting() + state.inFlight();
        double used = Math.max(state.utilisation(), serverUsed);
        return new Rank(wait, load >= state.slots(), used, load, state.granted());
    }

    /** The server refuses for want of quota. */
    void throttled(Duration wait) {
        Duration known = wait.isZero() ? UNKNOWN_THROTTLE : wait;
        shutUntil = now() + Math.min(known.toNanos(), TimeUnit.DAYS.toNanos(1));
    }

    /** The server tells what is left. */
    void heard(Headers headers) {
        Instant wall = exchange.terms().means().clock().instant();
        exchange.terms().quotas().headers().read(headers, wall).stream()
                .filter(hint -> hint.quota() > 0)
                .mapToDouble(PoolMember::used)
                .max()
                .ifPresent(used -> serverUsed = used);
    }

    private static double used(RateHeaders.Hint hint) {
        return 1 - Math.min(1, (double) hint.remaining() / hint.quota());
    }
}
