package io.penstock.checks.simulation;

import io.penstock.checks.simulation.api.Truth;
import io.penstock.checks.simulation.fate.Blow;
import io.penstock.checks.simulation.fate.SweepFate;
import io.penstock.checks.simulation.time.Trace;
import io.penstock.runner.summary.RunSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A fixed scenario, run once to count its operations, and then again and again with each of them struck in turn. After every blow
 * the world heals, and what is left to do is done by new processes.
 *
 * @param scenario what is run
 * @param pieces in how many pieces bodies come
 * @param bug planted, or none
 */
record Sweep(Scenario scenario, int pieces, Bug bug) {

    private static final long DATA = 20260101;
    private static final int ROWS = 24;
    private static final int KEPT = 60;

    /** What is done to an operation. */
    enum Way {
        /** It fails once. */
        FAILS(Blow.FAIL, false),
        /** It fails, and so does everything behind it. */
        FAILS_FROM(Blow.FAIL, true),
        /** It never answers. */
        HANGS(Blow.HANG, false),
        /** The process dies in it. */
        HALTS(Blow.HALT, false);

        private final Blow blow;
        private final boolean ever;

        Way(Blow blow, boolean ever) {
            this.blow = blow;
            this.ever = ever;
        }

        SweepFate at(int k, int pieces) {
            return ever ? SweepFate.from(k, blow, pieces) : SweepFate.once(k, blow, pieces);
        }
    }

    /** How many operations there are if nothing goes wrong. */
    int count() {
        SweepFate fate = SweepFate.nothing(pieces);
        World world = world(fate, new Trace(0));
        try {
            world.oracle.complete(once(world, world.begin()).orElseThrow());
            return fate.count();
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    /**
     * Strikes operation {@code k}.
     *
     * @throws Violation with what was done and what came of it
     */
    void strike(Way way, int k) {
        Trace trace = new Trace(KEPT);
        try {
            SweepFate fate = way.at(k, pieces);
            World world = world(fate, trace);
            once(world, world.begin());
            if (fate.struck() == 0) {
                throw new Violation("operation " + k + " did not take place");
            }
            fate.heal();
            for (int i = 0; i < 2; i++) { // the second finds nothing new, and must not change anything
                RunSummary summary =
                        once(world, world.begin()).orElseThrow(() -> new Violation("a process died of nothing"));
                world.oracle.complete(summary);
            }
            world.oracle.bounded();
        } catch (RuntimeException | AssertionError failed) {
            String told = scenario.modes() + " in " + pieces + " pieces: operation " + k + " " + way + ": "
                    + failed.getMessage();
            Violation violation = new Violation(told + "\n" + String.join("\n", trace.lines()));
            violation.initCause(failed);
            throw violation;
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    private World world(SweepFate fate, Trace trace) {
        Truth truth = new Truth(new SplittableRandom(DATA), ROWS);
        return new World(scenario, truth, fate, new SplittableRandom(DATA), bug, trace);
    }

    private static Optional<RunSummary> once(World world, Life life) {
        Map<String, List<String>> before = world.oracle.truth();
        Optional<RunSummary> summary = life.run(Ending.NATURAL);
        summary.ifPresent(how -> {
            world.oracle.atRest(life, how);
            world.oracle.honest(how, before);
        });
        world.oracle.sound();
        return summary;
    }
}
