package io.penstock.rate;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one budget has spent and may spend: all limits, the server's word and the concurrency slots together.
 *
 * <p>Pure arithmetic in nanoseconds; for one thread at a time.
 */
final class Ledger {

    private final Gate gate = new Gate();
    private final Set<RateLimit> limits = new LinkedHashSet<>();
    private Meter[] meters = new Meter[0];
    private int most = Integer.MAX_VALUE;
    private int slots = Integer.MAX_VALUE;
    private int inFlight;
    private long granted;

    /** From now on these hold as well; what was already granted counts against them as if granted now. */
    void narrow(long now, List<RateLimit> more, int concurrency) {
        slots = Math.min(slots, concurrency);
        for (RateLimit limit : more) {
            if (limits.add(limit)) {
                add(now, Meter.of(limit));
            }
        }
    }

    private void add(long now, Meter meter) {
        if (granted > 0) {
            meter.assume(now, granted);
        }
        most = Math.min(most, meter.most());
        meters = Arrays.copyOf(meters, meters.length + 1);
        meters[meters.length - 1] = meter;
    }

    boolean slotFree() {
        return inFlight < slots;
    }

    /** The earliest instant at which every limit allows {@code cost}: all are spent together or none. */
    long openAt(long now, int cost) {
        long at = gate.nextAt(now, cost);
        for (Meter meter : meters) {
            at = Math.max(at, meter.nextAt(now, cost));
        }
        return at;
    }

    void grant(long at, int cost) {
        for (Meter meter : meters) {
            meter.grant(at, cost);
        }
        gate.grant(at, cost);
        inFlight++;
        granted += cost;
    }

    /** Undoes the last grant; only right while no later one exists. */
    void revoke(int cost) {
        for (Meter meter : meters) {
            meter.revoke();
        }
        gate.revoke(cost);
        inFlight--;
        granted -= cost;
    }

    void release() {
        inFlight--;
    }

    void hold(long until) {
        gate.closeUntil(until);
    }

    /** At most {@code remaining} more until {@code until}, out of {@code quota}; 0 for one that is not known. */
    void hint(long now, long remaining, long until, long quota) {
        gate.hint(now, remaining, until, quota > 0 ? quota : quotaOf(until - now));
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

    Permits.Usage usage(long now, int waiting) {
        return new Permits.Usage(waiting, inFlight, granted, Duration.ofNanos(gate.untilOpen(now)));
    }
}
