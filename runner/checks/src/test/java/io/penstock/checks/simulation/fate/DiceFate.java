package io.penstock.checks.simulation.fate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Throws dice. Which kinds of trouble there are at all, and how often they come, is drawn first, so that some worlds know one kind
 * only and others all of them.
 */
public final class DiceFate implements Fate {

    private static final Set<Operation> SINK = EnumSet.complementOf(EnumSet.of(Operation.REQUEST, Operation.BODY));
    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final SplittableRandom dice;
    private final List<Misconduct> kinds = new ArrayList<>();
    private final Map<Operation, Double> failures = new EnumMap<>(Operation.class);
    private final double misconduct;
    private final double halts;
    private final double hangs;
    private final int slowest;
    private final int mostPieces;
    private final long outageFrom;
    private final long outageUntil;
    private int left;
    private int struck;
    private boolean healed;

    /** A fate that follows from {@code dice} alone. */
    public DiceFate(SplittableRandom dice) {
        this.dice = dice;
        for (Misconduct kind : Misconduct.values()) {
            if (dice.nextInt(3) == 0) {
                kinds.add(kind);
            }
        }
        misconduct = kinds.isEmpty() ? 0 : rate(0.4);
        for (Operation operation : SINK) {
            failures.put(operation, dice.nextInt(3) == 0 ? rate(0.2) : 0);
        }
        failures.put(Operation.BODY, dice.nextInt(3) == 0 ? rate(0.1) : 0);
        failures.put(Operation.REQUEST, 0.0);
        halts = dice.nextInt(2) == 0 ? rate(0.01) : 0;
        hangs = dice.nextInt(4) == 0 ? rate(0.01) : 0;
        slowest = new int[] {0, 1, 20, 300, 5_000}[dice.nextInt(5)];
        mostPieces = dice.nextInt(2) == 0 ? 1 : 1 + dice.nextInt(6);
        outageFrom = Duration.ofMillis(dice.nextInt(10_000)).toNanos();
        outageUntil = outageFrom
                + (dice.nextInt(6) == 0 ? Duration.ofSeconds(dice.nextInt(600)).toNanos() : 0);
        left = dice.nextInt(150);
    }

    private double rate(double most) {
        return most * dice.nextDouble() * dice.nextDouble();
    }

    @Override
    public Blow on(Operation operation) {
        if (healed || left <= 0) {
            return Blow.NOTHING;
        }
        double throwOf = dice.nextDouble();
        double failure = failures.getOrDefault(operation, 0.0);
        if (throwOf < halts) {
            return struck(Blow.HALT);
        } else if (throwOf < halts + hangs && operation != Operation.REQUEST) {
            return struck(Blow.HANG);
        }
        return throwOf < halts + hangs + failure ? struck(Blow.FAIL) : Blow.NOTHING;
    }

    private Blow struck(Blow blow) {
        left--;
        struck++;
        return blow;
    }

    @Override
    public Optional<Misconduct> answer(long now) {
        if (healed) {
            return Optional.empty();
        }
        if (outage(now)) {
            struck++;
            return Optional.of(dice.nextBoolean() ? Misconduct.SERVER_ERROR : Misconduct.REFUSED);
        }
        if (left <= 0 || dice.nextDouble() >= misconduct) {
            return Optional.empty();
        }
        left--;
        struck++;
        return Optional.of(kinds.get(dice.nextInt(kinds.size())));
    }

    /** When the outage begins. */
    public long outageFrom() {
        return outageFrom;
    }

    /** When it is over; no later than it begins if there is none. */
    public long outageUntil() {
        return outageUntil;
    }

    private boolean outage(long now) {
        return !healed && now >= outageFrom && now < outageUntil;
    }

    @Override
    public long delay(Operation operation) {
        return slowest == 0 ? 0 : dice.nextInt(slowest + 1) * MILLI;
    }

    @Override
    public int pieces(int size) {
        return 1 + dice.nextInt(Math.max(1, Math.min(mostPieces, size)));
    }

    @Override
    public int number(int low, int high) {
        return dice.nextInt(low, high + 1);
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
