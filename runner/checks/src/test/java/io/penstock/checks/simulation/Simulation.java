package io.penstock.checks.simulation;

import io.penstock.checks.simulation.api.Truth;
import io.penstock.checks.simulation.fate.DiceFate;
import io.penstock.checks.simulation.time.Trace;
import io.penstock.runner.summary.RunSummary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** One world from its beginning until everything is read, all of it following from one seed. */
final class Simulation {

    private static final int MOST_ROWS = 22;
    private static final Duration GROWING = Duration.ofMinutes(3);

    private final World world;
    private final DiceFate fate;
    private final SplittableRandom dice;
    private @Nullable Life life;

    private Simulation(long seed, Bug bug, Trace trace) {
        dice = new SplittableRandom(seed);
        Scenario scenario = Scenario.of(dice.split());
        Truth truth = new Truth(dice.split(), MOST_ROWS);
        fate = new DiceFate(dice.split());
        if (dice.nextBoolean()) {
            truth.growing(1 + dice.nextInt(6), GROWING, scenario.mayChange());
        }
        world = new World(scenario, truth, fate, dice.split(), bug, trace);
        world.skew = Duration.ofSeconds(dice.nextInt(3) == 0 ? dice.nextInt(-86_400, 86_400) : 0);
    }

    /**
     * What came of a world.
     *
     * @param trace hash of all that happened
     * @param tries of requests
     * @param struck how much went wrong
     * @param processes that lived in it
     * @param span of virtual time
     */
    record Outcome(long trace, int tries, int struck, int processes, Duration span) {}

    /**
     * Runs the world of {@code seed}.
     *
     * @throws Violation with the line that repeats it
     */
    static Outcome run(long seed, Bug bug) {
        return run(seed, bug, new Trace(0));
    }

    static Outcome run(long seed, Bug bug, Trace trace) {
        try {
            Simulation simulation = new Simulation(seed, bug, trace);
            simulation.live();
            World world = simulation.world;
            return new Outcome(
                    trace.hash(),
                    world.tries(),
                    world.fate.struck(),
                    world.lives.size(),
                    Duration.ofNanos(world.now()));
        } catch (RuntimeException | AssertionError failed) {
            Violation violation =
                    new Violation("runner/checks/simulate seed " + seed + " repeats this: " + failed.getMessage());
            violation.initCause(failed);
            throw violation;
        } finally {
            VirtualTimeScheduler.reset();
        }
    }

    private void live() {
        for (int left = 1 + dice.nextInt(4); left > 0; left--) {
            troubled();
            world.idle(Duration.ofMillis(dice.nextInt(90_000)));
        }
        long healed = world.now();
        fate.heal();
        while (!world.truth.settled()) {
            world.idle(GROWING);
        }
        life = null;
        for (int i = 0; i < 2; i++) { // the second finds nothing new, and must not change anything
            RunSummary summary = once(Ending.NATURAL).orElseThrow(() -> new Violation("a process died of nothing"));
            world.oracle.complete(summary);
        }
        world.oracle.bounded();
        world.oracle.spared(fate.outageFrom(), Math.min(healed, fate.outageUntil()));
    }

    private void troubled() {
        if (dice.nextInt(3) > 0) {
            life = null; // a new process
        }
        once(ending());
    }

    private Ending ending() {
        Optional<Duration> when = Optional.of(Duration.ofMillis(dice.nextInt(1 + dice.nextInt(60_000))));
        return switch (dice.nextInt(5)) {
            case 0 -> new Ending(when, Optional.empty());
            case 1 -> new Ending(Optional.empty(), when);
            case 2 -> new Ending(when, when.map(stop -> stop.plusMillis(dice.nextInt(40_000))));
            default -> Ending.NATURAL;
        };
    }

    private Optional<RunSummary> once(Ending ending) {
        Life alive = life == null || life.dead() ? world.begin() : life;
        life = alive;
        Map<String, List<String>> before = world.oracle.truth();
        Optional<RunSummary> summary = alive.run(ending);
        summary.ifPresent(how -> {
            world.oracle.atRest(alive, how);
            world.oracle.honest(how, before);
        });
        world.oracle.sound();
        return summary;
    }
}
