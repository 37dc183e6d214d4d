package io.penstock.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.runner.summary.RunSummary;
import io.penstock.testkit.model.ModelApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A signal ends a run in good order: pages under way are kept, the exit code tells which signal it was. */
class GracefulStopIT {

    private static final int RECORDS = 800;
    private static final int SOME_REQUESTS = 25;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "SIG{0}, {2}")
    @CsvSource({"TERM, 143, duckdb", "INT, 130, duckdb", "TERM, 143, jsonl", "INT, 130, jsonl"})
    void aSignalEndsTheRunAndTheNextOneGoesOn(String signal, int exit, String sink) throws IOException {
        try (ModelApi api = ModelApi.builder()
                .records(RECORDS)
                .latency(Duration.ofMillis(40))
                .build()
                .start()) {
            Scenario scenario = Scenario.of(api, folder, sink, false);
            try (Child child = Child.start(
                    folder,
                    List.of(),
                    "io.penstock.cli.Main",
                    "run",
                    scenario.plan().toString())) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !child.isAlive() || Stats.of(api).number("requests") > SOME_REQUESTS);
                child.signal(signal);
                assertThat(child.exit())
                        .as("exit code; it said:\n%s", child.said())
                        .isEqualTo(exit);
            }
            RunSummary rest = scenario.run();
            assertThat(rest.exitCode()).as(rest.toJson()).isZero();
            assertThat(rest.streams().stream()
                            .mapToLong(stream -> stream.counts().records())
                            .sum())
                    .as("records that the stopped run had not kept")
                    .isLessThan(RECORDS * 6L);
            scenario.requireTruth("SIG" + signal);
        }
    }

    /** The first round has read everything; the signal comes in the pause, or in a round that finds nothing. */
    @ParameterizedTest(name = "SIG{0}")
    @CsvSource({"TERM, 143", "INT, 130"})
    void aSignalEndsRoundsAndTheirTruthHasLanded(String signal, int exit) throws IOException {
        try (ModelApi api = ModelApi.builder().records(50).build().start()) {
            Scenario scenario = Scenario.of(api, folder, "jsonl", false);
            try (Child child = Child.start(
                    folder,
                    List.of(),
                    "io.penstock.cli.Main",
                    "run",
                    scenario.plan().toString(),
                    "--every",
                    "1s",
                    "--json")) {
                child.until("Round 2: 0 records").signal(signal);
                assertThat(child.exit()).as(child.said()).isEqualTo(exit);
                assertThat(child.said()).contains("Stopping", "\"exit_code\":0");
            }
            scenario.requireTruth("SIG" + signal + " between rounds");
        }
    }

    /** The API answers so late that the drain would take its full time; who cannot wait for that says so once more. */
    @ParameterizedTest(name = "SIG{0}, then SIG{1}")
    @CsvSource({"TERM, TERM, 143", "INT, INT, 130", "TERM, INT, 130", "INT, TERM, 143"})
    void aSecondSignalEndsItAtOnce(String first, String second, int exit) throws IOException {
        try (ModelApi api = ModelApi.builder()
                .records(RECORDS)
                .latency(Duration.ofMinutes(5))
                .build()
                .start()) {
            Scenario scenario = Scenario.of(api, folder, "jsonl", false);
            try (Child child = Child.start(
                    folder,
                    List.of(),
                    "io.penstock.cli.Main",
                    "run",
                    scenario.plan().toString())) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !child.isAlive() || Stats.of(api).number("requests") > 0);
                child.signal(first);
                child.until("Once more to stop at once");
                assertThat(child.isAlive()).isTrue();
                child.signal(second);

                assertThat(child.exit()).as(child.said()).isEqualTo(exit);
                assertThat(child.said())
                        .as("a halt, and not the end of a drain, which sums up")
                        .doesNotContain("What was committed stands", "Cancelled");
            }
        }
    }
}
