package io.penstock.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.ModelApi;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kill -9 at a random moment, again and again: nothing is lost, nothing doubled, no start needs a hand.
 *
 * <p>{@code -Dkills=200} kills each sink that often instead of 10 times; {@code -Dkills.seed=N} repeats a run that failed.
 */
class RandomKillIT {

    private static final int KILLS = Integer.getInteger("kills", 10);
    private static final int EVENTS = 60;
    private static final int EVENTS_OF_A_CHANGE = 30;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "jsonl", "postgres"})
    void isRecoveredFromByTheNextStart(String sink) {
        long seed = Long.getLong("kills.seed", new SplittableRandom().nextLong());
        SplittableRandom random = new SplittableRandom(seed);
        int kills = 0;
        for (int round = 0; kills < KILLS; round++) {
            assertThat(round).as("rounds, each of which kills at least once").isLessThan(KILLS);
            Path own = folder.resolve("round" + round);
            String told = sink + ", -Dkills.seed=" + seed + ", round " + round;
            try (ModelApi api =
                    ModelApi.builder().records(1000).seed(seed).build().start()) {
                Scenario scenario = Scenario.of(api, own, sink, random.nextInt(4) == 0);
                kills += kill(scenario, random, 6, EVENTS);
                scenario.requireRecovery(told);
                api.revision(2);
                kills += kill(scenario, random, 4, EVENTS_OF_A_CHANGE);
                scenario.requireRecovery(told);
            }
        }
    }

    /** Starts and kills, {@code times} times or until a run ends by itself; returns how often it was killed. */
    private static int kill(Scenario scenario, SplittableRandom random, int times, int events) {
        for (int killed = 0; killed < times; killed++) {
            try (Child child = scenario.child()) {
                int code = child.killAfter(random.nextInt(events)).exit();
                assertThat(code).as("exit code; last lines: %s", child.said()).isIn(0, Child.KILLED);
                if (code == 0) {
                    return killed;
                }
            }
        }
        return times;
    }
}
