package io.penstock.checks.simulation;

import io.penstock.checks.simulation.Simulation.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What many worlds came to. */
final class Tally {

    private static final int MOST_TOLD = 50;

    private final List<String> failures = new ArrayList<>();
    private long seeds;
    private long tries;
    private long struck;
    private long processes;
    private Duration span = Duration.ZERO;
    private long failed;

    /** Runs one more. */
    void add(long seed) {
        seeds++;
        try {
            Outcome outcome = Simulation.run(seed, Bug.NONE);
            tries += outcome.tries();
            struck += outcome.struck();
            processes += outcome.processes();
            span = span.plus(outcome.span());
        } catch (Violation violation) {
            failed++;
            if (failures.size() < MOST_TOLD) {
                failures.add(String.valueOf(violation.getMessage()));
            }
        }
    }

    /** The lines that repeat what went wrong. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    long seeds() {
        return seeds;
    }

    @Override
    public String toString() {
        return seeds + " seeds, " + failed + " failed: " + tries + " tries, " + struck + " strokes of fate, "
                + processes + " processes, " + span.toHours() + " hours of virtual time";
    }
}
