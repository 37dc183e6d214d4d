package io.penstock.rate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What one budget has spent and may spend: all limits, the server's word and the concurrency slots together.
 *
 * <p>Pure arithmetic in nanoseconds; for one thread at a time.
 */
final class Ledger {

    private final Gate gate = new Gate();
    private final Slots slots = new Slots();
    private final List<RateLimit> limits = new ArrayList<>();
    private final List<Meter> meters = new ArrayList<>();
    private int most = Integer.MAX_VALUE;
    private long granted;

    /** The grant that {@link #revoke} can take back, 0 for none. */
    private long revocable;

    /** From now on these hold as well; what was already granted counts against them as if granted now. */
    void narrow(long now, BudgetTerms terms) {
        slots.narrow(terms.concurrency(), terms.adaptive());
        for (RateLimit limit : terms.limits()) {
            if (!limits.contains(limit)) {
                add(now, limit);
            }
        }
    }

    private void add(long now, RateLimit limit) {
        Meter meter = Meter.of(limit);
        if (granted > 0) {
            meter.assume(now, granted);
        }
        most = Math.min(most, meter.most());
        limits.add(limit);
        meters.add(meter);
        revocable = 0;
    }

    boolean slotFree() {
        return slots.free();
    }

    /** The earliest instant at which every limit allows {@code cost}: all are spent together or none. */
    long openAt(long now, int cost) {
        long at = gate.nextAt(now, cost);
        for (int i = 0; i < meters.size(); i++) {
            at = Math.max(at, meters.get(i).nextAt(now, cost));
        }
        return at;
    }

    /** Spends {@code cost}; the number of this grant, which grows. */
    long grant(long at, int cost) {
        for (int i = 0; i < meters.size(); i++) {
            meters.get(i).grant(at, cost);
        }
        gate.grant(at, cost);
        slots.take();
        granted += cost;
        revocable = gate.grants();
        return revocable;
    }

    /**
     * Undoes a grant that nobody used. Its slot is free again in any case; what it spent is given back only while nothing came
     * after it that has counted it, and is forfeited otherwise.
     */
    boolean revoke(long grant, int cost) {
        slots.giveBack();
        if (grant != revocable) {
            return false;
        }
        revocable = 0;
        meters.forEach(Meter::revoke);
        gate.revoke(cost);
        granted -= cost;
        return true;
    }

    /** The request of {@code grant}, which is {@code number} here, has cost {@code actual}. */
    void settle(long now, Waiter grant, long number, int actual) {
        int more = actual - grant.cost();
        if (more == 0) {
            return;
        }
        revocable = 0;
        for (Meter meter : meters) {
            if (more > 0) {
                meter.owe(now, more);
            } else {
                meter.refund(grant.grantedAt, -more);
            }
        }
        gate.settle(number, more);
        granted += more;
    }

    /** Counts what an earlier run spent on {@code limit} at {@code at}, which may lie in the past; oldest first. */
    void remember(RateLimit limit, long at, long spent) {
        int index = limits.indexOf(limit);
        if (index >= 0) {
            meters.get(index).owe(at, Math.min(spent, limit.permits()));
            revocable = 0;
        }
    }

    void release() {
        slots.giveBack();
    }

    void served(long grant) {
        slots.served();
        gate.served(grant);
    }

    void pushedBack(long grant) {
        slots.pushedBack(grant, gate.grants());
    }

    /** The newest grant's number; 0 before the first. */
    long newest() {
        return gate.grants();
    }

    void hold(long until) {
        gate.closeUntil(until);
    }

    void refused(long now, long grant, long wait, double chance) {
        gate.refused(now, grant, wait, chance);
    }

    /** At most {@code remaining} more until {@code until}, out of {@code quota}; 0 for one that is not known. */
    void hint(long now, long remaining, long until, long quota) {
        gate.hint(now, remaining, until, quota > 0 ? quota : quotaOf(until - now));
        revocable = 0;
    }

    /** What the server most likely counts: the configured limit with the shortest window that can last as long. */
    private long quotaOf(long span) {
        return limits.stream()
                .filter(limit -> limit.window().toNanos() >= span)
                .min(Comparator.comparing(RateLimit::window))
                .map(RateLimit::permits)
                .orElse(0);
    }

    /** The most that can ever be granted at once. */
    int most() {
        return most;
    }

    long granted() {
        return granted;
    }

    /** All limits that hold. */
    List<RateLimit> limits() {
        return limits;
    }

    BudgetState state(long now, String name, int waiting) {
        List<BudgetState.Use> uses = new ArrayList<>(limits.size());
        for (int i = 0; i < limits.size(); i++) {
            uses.add(new BudgetState.Use(limits.get(i), meters.get(i).used(now)));
        }
        return new BudgetState(
                name,
                uses,
                waiting,
                slots.taken(),
                slots.count(),
                granted,
                Duration.ofNanos(gate.untilOpen(now)),
                Duration.ofNanos(openAt(now, 1) - now));
    }

    Permits.Usage usage(long now, int waiting) {
        return new Permits.Usage(waiting, slots.taken(), granted, Duration.ofNanos(gate.untilOpen(now)));
    }
}
