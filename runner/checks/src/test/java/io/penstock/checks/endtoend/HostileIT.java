package io.penstock.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.runner.summary.RunSummary;
import io.penstock.testkit.model.ModelApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An API that misbehaves, or that counts every request, is read to the same rows as any other. */
class HostileIT {

    private static final int SEEDS = 3;

    @TempDir
    private Path folder;

    static Stream<Arguments> sinksAndSeeds() {
        SplittableRandom random = new SplittableRandom();
        return Stream.of("duckdb", "jsonl", "postgres")
                .flatMap(sink -> Stream.generate(() -> Arguments.of(sink, (long) random.nextInt(1_000_000)))
                        .limit(SEEDS));
    }

    @ParameterizedTest(name = "into {0}, seed {1}")
    @MethodSource("sinksAndSeeds")
    void everyRowOfAHostileApiLandsOnce(String sink, long seed) {
        try (ModelApi api =
                ModelApi.builder().records(800).hostile(seed).build().start()) {
            Scenario scenario = Scenario.of(api, folder, sink, false);
            for (int revision = 1; revision <= 2; revision++) {
                api.revision(revision);
                requireWell(scenario.run(), "hostile seed " + seed);
                scenario.requireTruth("hostile seed " + seed);
            }
            Stats stats = Stats.of(api);
            assertThat(stats.faults()).as("faults injected, seed %s", seed).isGreaterThan(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"duckdb", "jsonl"})
    void noRequestIsEverRefusedByAStrictLimit(String sink) {
        try (ModelApi api = ModelApi.builder()
                .records(800)
                .limit(50, Duration.ofSeconds(1))
                .build()
                .start()) {
            Scenario scenario = Scenario.of(api, folder, sink, false, "{ requests: 50/s, concurrency: 8 }");
            requireWell(scenario.run(), "a strict limit");
            scenario.requireTruth("a strict limit");
            Stats stats = Stats.of(api);
            assertThat(List.of(stats.number("sent_429"), stats.faults())).containsOnly(0);
            assertThat(stats.number("max_asked_in_window")).isBetween(40, 50);
        }
    }

    private static void requireWell(RunSummary summary, String what) {
        assertThat(summary.exitCode()).as("%s: %s", what, summary.toJson()).isZero();
    }
}
