package io.penstock.rate;

/**
 * Grants spaced evenly, with a small burst (the generic cell rate algorithm); keeps (L, W) exactly in constant memory.
 *
 * <p>The interval is {@code T = (W + guard) / (L - B + 1)}, kept as whole nanoseconds and a remainder, so nothing drifts.
 */
final class Spacing implements Meter {

    private final int burst;
    private final long whole;
    private final long rest;
    private final long parts;
    private final long tolerance;

    /** Theoretical arrival time: whole nanoseconds, and a remainder in 1/parts. */
    private long tat = Long.MIN_VALUE / 2;

    private long tatRest;
    private long formerTat = tat;
    private long formerRest;

    Spacing(int permits, int burst, long window) {
        long period = window + Meter.guard(window);
        this.burst = burst;
        this.parts = permits - burst + 1L;
        this.whole = period / parts;
        this.rest = period % parts;
        this.tolerance = times(burst - 1);
    }

    /** n intervals, rounded down. */
    private long times(long n) {
        return n * whole + n * rest / parts;
    }

    @Override
    public long nextAt(long now, int cost) {
        long reached = tat + (tatRest > 0 ? 1 : 0) + times(cost - 1L) + (cost > 1 ? 1 : 0);
        return Math.max(now, reached - tolerance);
    }

    @Override
    public void grant(long at, int cost) {
        formerTat = tat;
        formerRest = tatRest;
        if (at > tat) {
            tat = at;
            tatRest = 0;
        }
        tatRest += cost * rest;
        tat += cost * whole + tatRest / parts;
        tatRest %= parts;
    }

    @Override
    public void revoke() {
        tat = formerTat;
        tatRest = formerRest;
    }

    @Override
    public int most() {
        return burst;
    }
}
