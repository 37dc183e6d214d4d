package io.penstock.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.runner.summary.Counts;
import io.penstock.runner.summary.RunSummary;
import io.penstock.runner.summary.StreamReport;
import io.penstock.testkit.model.ModelApi;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading what has changed, revision after revision, leads to the same database as reading everything at the end. */
class RevisionsIT {

    private static final int RECORDS = 2000;

    @TempDir
    private Path folder;

    @Test
    void changesAddUpToAFreshRead() {
        try (ModelApi api = ModelApi.builder().records(RECORDS).build().start()) {
            Scenario changes = Scenario.of(api, folder.resolve("changes"), "duckdb", false);
            Scenario fresh = Scenario.of(api, folder.resolve("fresh"), "duckdb", false);
            for (int revision : new int[] {1, 2, 4}) {
                api.revision(revision);
                RunSummary summary = run(changes);
                changes.requireTruth("a run at each revision");
                assertThat(records(summary)).isBetween(1L, revision == 1 ? 6L * RECORDS : 3L * RECORDS);
            }
            assertThat(records(run(changes)))
                    .as("records read when nothing has changed")
                    .isZero();
            run(fresh);
            ((DuckDbOutput) changes.output()).requireSame((DuckDbOutput) fresh.output());
        }
    }

    private static RunSummary run(Scenario scenario) {
        RunSummary summary = scenario.run();
        assertThat(summary.exitCode()).as(summary.toJson()).isZero();
        return summary;
    }

    private static long records(RunSummary summary) {
        return summary.streams().stream()
                .map(StreamReport::counts)
                .mapToLong(Counts::records)
                .sum();
    }
}
