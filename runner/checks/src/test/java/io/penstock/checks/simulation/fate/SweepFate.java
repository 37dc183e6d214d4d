package io.penstock.checks.simulation.fate;

import java.time.Duration;
import java.util.Optional;

/** Strikes one operation, counted from 1 on, or all from there on; everything else works and takes a fixed time. */
public final class SweepFate implements Fate {

    private static final long EACH = Duration.ofMillis(7).toNanos();

    private final int first;
    private final boolean ever;
    private final Blow blow;
    private final int pieces;
    private int count;
    private int struck;
    private boolean healed;

    private SweepFate(int first, boolean ever, Blow blow, int pieces) {
        this.first = first;
        this.ever = ever;
        this.blow = blow;
        this.pieces = pieces;
    }

    /** Strikes nothing, and counts. */
    public static SweepFate nothing(int pieces) {
        return new SweepFate(0, false, Blow.NOTHING, pieces);
    }

    /** Strikes the one that is number {@code k}. */
    public static SweepFate once(int k, Blow blow, int pieces) {
        return new SweepFate(k, false, blow, pieces);
    }

    /** Strikes all from number {@code k} on. */
    public static SweepFate from(int k, Blow blow, int pieces) {
        return new SweepFate(k, true, blow, pieces);
    }

    @Override
    public Blow on(Operation operation) {
        count++;
        if (healed || blow == Blow.NOTHING || !(ever ? count >= first : count == first)) {
            return Blow.NOTHING;
        }
        struck++;
        return blow;
    }

    /** How many operations there were. */
    public int count() {
        return count;
    }

    @Override
    public Optional<Misconduct> answer(long now) {
        return Optional.empty();
    }

    @Override
    public long delay(Operation operation) {
        return EACH;
    }

    @Override
    public int pieces(int size) {
        return Math.min(pieces, size);
    }

    @Override
    public int number(int low, int high) {
        return low;
    }

    @Override
    public void heal() {
        healed = true;
    }

    @Override
    public int struck() {
        return struck;
    }
}
