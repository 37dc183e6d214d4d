package io.penstock.rate;

import java.time.Duration;

/**
 * Grants spaced evenly, with a small burst (the generic cell rate algorithm); keeps (L, W) exactly in constant memory.
 *
 * <p>The interval is {@code T = period / (L - B + 1)}. The theoretical arrival time is kept in whole nanoseconds and a
 * remainder in parts of one, so that nothing drifts however long it runs.
 */
final class Spacing implements Meter {

    /** Nothing is owed for longer than this, in nanoseconds. */
    private static final long FARTHEST = Duration.ofDays(366).toNanos();

    private final int permits;
    private final int burst;
    private final long period;
    private final long parts;

    /** Theoretical arrival time: whole nanoseconds, and a remainder in 1/parts. */
    private long tat = NEVER;

    private long tatRest;
    private long formerTat = NEVER;
    private long formerRest;
    private long lastAt = NEVER;

    /** At most {@code permits} in any half-open {@code period}, the guard included, and {@code burst} at one instant. */
    Spacing(int permits, int burst, long period) {
        this.permits = permits;
        this.burst = burst;
        this.period = period;
        this.parts = permits - burst + 1L;
    }

    /** n intervals in parts of a nanosecond, whole nanoseconds only; what is left over is {@link #restOf}. */
    private long wholeOf(long n) {
        return n * (period / parts) + n * (period % parts) / parts;
    }

    private long restOf(long n) {
        return n * (period % parts) % parts;
    }

    @Override
    public long nextAt(long now, int cost) {
        // TAT - tau for one grant; each further grant at the same instant needs one interval more of room
        long ahead = (long) burst - cost;
        long at = tat - wholeOf(ahead);
        return Math.max(now, tatRest > restOf(ahead) ? at + 1 : at);
    }

    @Override
    public void grant(long at, int cost) {
        formerTat = tat;
        formerRest = tatRest;
        lastAt = at;
        move(at, cost);
    }

    private void move(long at, long cost) {
        if (at > tat + (tatRest > 0 ? 1 : 0)) { // a clock of whole nanoseconds can only meet the one after
            tat = at;
            tatRest = 0;
        }
        long rest = tatRest + restOf(cost);
        tat += wholeOf(cost) + rest / parts;
        tatRest = rest % parts;
    }

    @Override
    public void revoke() {
        tat = formerTat;
        tatRest = formerRest;
    }

    @Override
    public void assume(long at, long spent) {
        owe(at, Math.min(spent, permits));
    }

    @Override
    public void owe(long at, long cost) {
        long farthest = Math.max(1, FARTHEST / period) * parts;
        move(at, Math.min(cost, farthest));
        lastAt = NEVER;
    }

    /**
     * Exact as long as nothing was granted later. Afterwards an interval that a later grant has already waited for cannot be
     * told from one that is still owed, and nothing is given back.
     */
    @Override
    public void refund(long at, int cost) {
        if (at == lastAt) {
            tat -= wholeOf(cost);
            tatRest -= restOf(cost);
            if (tatRest < 0) {
                tatRest += parts;
                tat--;
            }
        }
    }

    @Override
    public long used(long now) {
        long interval = Math.max(1, period / parts);
        return tat <= now ? 0 : Math.min(permits, (tat - now + interval - 1) / interval);
    }

    @Override
    public int most() {
        return burst;
    }
}
