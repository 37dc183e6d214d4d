package io.penstock.checks.simulation;

import io.penstock.checks.simulation.time.Trace;
import java.io.PrintStream;
import java.time.Duration;
import java.util.SplittableRandom;

/** Runs as many seeds as are asked for, or one of them with all that happens in it. */
public final class Simulate {

    private static final int KEPT = 20_000;
    private static final int DOT = 10_000;

    private Simulate() {}

    /** {@code [SEEDS]}, a million by default, or {@code seed N}. */
    public static void main(String[] arguments) {
        if (arguments.length == 2 && arguments[0].equals("seed")) {
            one(Long.parseLong(arguments[1]), System.out);
        } else {
            many(arguments.length == 0 ? 1_000_000 : Long.parseLong(arguments[0]), System.out);
        }
    }

    private static void one(long seed, PrintStream out) {
        Trace trace = new Trace(KEPT);
        try {
            out.println(Simulation.run(seed, Bug.NONE, trace));
        } catch (Violation violation) {
            trace.lines().forEach(out::println);
            out.println(violation.getMessage());
            violation.printStackTrace(out);
            throw violation;
        }
        trace.lines().forEach(out::println);
    }

    private static void many(long count, PrintStream out) {
        long base = new SplittableRandom().nextLong();
        out.println(count + " seeds from " + base + " on");
        Tally tally = new Tally();
        long begun = System.nanoTime();
        for (long i = 0; i < count; i++) {
            tally.add(base + i);
            if ((i + 1) % DOT == 0 || i + 1 == count) {
                out.println(tally + " in "
                        + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s");
            }
        }
        tally.failures().forEach(out::println);
        if (!tally.failures().isEmpty()) {
            System.exit(1);
        }
    }
}
