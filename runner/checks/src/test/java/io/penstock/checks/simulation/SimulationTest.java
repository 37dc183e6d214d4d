package io.penstock.checks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Time budget: 90 s on two cores.
 *
 * <p>{@code -Dsimulation.seeds=N} runs more worlds, {@code -Dsimulation.seed=N} begins at a seed that failed.
 */
class SimulationTest {

    private static final int FRESH = 3_000;
    private static final int TWICE = 100;

    private final long base = Long.getLong("simulation.seed", new SplittableRandom().nextLong());

    @Test
    void losesDoublesLeaksAndExceedsNothingWhateverHappens() {
        System.out.println("seeds from " + base + " on");
        Tally tally = new Tally();
        int count = Integer.getInteger("simulation.seeds", FRESH);
        for (int i = 0; i < count; i++) {
            tally.add(base + i);
        }
        System.out.println(tally);
        assertThat(tally.failures()).as(tally.toString()).isEmpty();
    }

    @Test
    void theSameSeedIsTheSameWorld() {
        for (int i = 0; i < TWICE; i++) {
            assertThat(Simulation.run(base + i, Bug.NONE))
                    .as("seed %s", base + i)
                    .isEqualTo(Simulation.run(base + i, Bug.NONE));
        }
    }
}
