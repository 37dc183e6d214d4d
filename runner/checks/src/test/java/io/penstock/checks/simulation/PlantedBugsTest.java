package io.penstock.checks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plants a bug for each thing that the oracle looks at, and sees it found. */
class PlantedBugsTest {

    private static final int SEEDS = 300;

    private static final Map<Bug, String> WORDS = Map.ofEntries(
            Map.entry(Bug.COMMITS_TWICE, "twice|too many"),
            Map.entry(Bug.LOSES_A_ROW, "missing|all of"),
            Map.entry(Bug.SKIPS_RETRIED_PAGES, "missing|all of"),
            Map.entry(Bug.LEAKS_A_PERMIT, "all permits back"),
            Map.entry(Bug.LEAKS_A_PASS, "all passes back"),
            Map.entry(Bug.LEAKS_A_LEASE, "all leases settled"),
            Map.entry(Bug.LEAKS_BYTES, "bytes free"),
            Map.entry(Bug.LEAVES_A_TIMER, "no timer left"),
            Map.entry(Bug.EXCEEDS_THE_LIMIT, "is one more than"),
            Map.entry(Bug.EXCEEDS_CONCURRENCY, "requests were under way"),
            Map.entry(Bug.IGNORES_RETRY_AFTER, "nothing was to come before"),
            Map.entry(Bug.STORMS, "tries"),
            Map.entry(Bug.HANGS, "the run hangs"));

    @ParameterizedTest
    @EnumSource(
            value = Bug.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "DEPENDS_ON_CHANCE"})
    void isFound(Bug bug) {
        String words = WORDS.getOrDefault(bug, "nobody has said what is to be seen of it");
        Optional<String> found = LongStream.range(0, SEEDS)
                .mapToObj(seed -> complaint(seed, bug))
                .flatMap(Optional::stream)
                .filter(told -> told.matches("(?s).*(" + words + ").*"))
                .findFirst();
        assertThat(found).as("a complaint of " + words).isPresent();
        assertThat(found.orElseThrow()).startsWith("runner/checks/simulate seed ");
    }

    private static Optional<String> complaint(long seed, Bug bug) {
        try {
            Simulation.run(seed, bug);
            return Optional.empty();
        } catch (Violation violation) {
            return Optional.ofNullable(violation.getMessage());
        }
    }

    @Test
    void chanceThatNoSeedGivesIsFound() {
        assertThat(Simulation.run(1, Bug.DEPENDS_ON_CHANCE)).isNotEqualTo(Simulation.run(1, Bug.DEPENDS_ON_CHANCE));
        assertThat(Simulation.run(1, Bug.NONE)).isEqualTo(Simulation.run(1, Bug.NONE));
    }
}
