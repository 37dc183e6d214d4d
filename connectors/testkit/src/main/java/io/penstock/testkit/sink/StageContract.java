package io.penstock.testkit.sink;

import static io.penstock.testkit.sink.SinkRun.await;
import static io.penstock.testkit.sink.SinkRun.records;
import static io.penstock.testkit.sink.SinkRun.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.Batch;
import io.penstock.record.RecordBytes;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stage must do. */
public interface StageContract extends SinkHooks {

    /** A stage is nobody's to see. */
    @Test
    default void writtenRowsAreVisibleToNobodyBeforeTheCommit(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            try (Stage stage = run.stage("all", WriteMode.APPEND)) {
                write(stage, 0, "{\"id\":2}");
                assertThat(ids(directory)).containsExactly(1L);
            }
        }
    }

    /** What was not committed is gone. */
    @Test
    default void aClosedStageDropsWhatWasNotCommitted(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            Stage stage = run.stage("all", WriteMode.APPEND);
            write(stage, 0, "{\"id\":1}");
            stage.close();
            stage.close();
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":2}");
        }
        assertThat(ids(directory)).containsExactly(2L);
    }

    /** An attempt that broke off is forgotten, and only that. */
    @Test
    default void discardForgetsTheAttemptOfThePageAndNothingElse(@TempDir Path directory) {
        try (SinkRun run = run(directory);
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":1}");
            write(stage, 1, 1, "{\"id\":90}", "{\"id\":91}");
            await(stage.discard(1, 1));
            write(stage, 1, 2, "{\"id\":92}");
            write(stage, 1, 2, "{\"id\":93}");
            await(stage.discard(1, 2));
            write(stage, 1, 3, "{\"id\":2}");
            write(stage, 2, "{\"id\":3}");
            await(stage.commit(run.commit(1, "c1")));
            assertThat(ids(directory)).containsExactly(1L, 2L, 3L);
        }
    }

    /** A page may be discarded after later ones were written. */
    @Test
    default void discardReachesPagesBeforeTheLast(@TempDir Path directory) {
        try (SinkRun run = run(directory);
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":90,\"text\":\"longer than the others\"}");
            write(stage, 1, "{\"id\":1}");
            write(stage, 2, "{\"id\":91}");
            write(stage, 3, "{\"id\":2}");
            await(stage.discard(0, 1));
            await(stage.discard(2, 1));
            await(stage.discard(7, 1));
            write(stage, 2, 2, "{\"id\":3}");
            await(stage.commit(run.commit(1, "c1")));
            assertThat(ids(directory)).containsExactly(1L, 2L, 3L);
            assertThat(await(run.sink().rows(stream().id()))).isEqualTo(3L);
        }
    }

    /** What was committed is out of reach of a discard. */
    @Test
    default void discardLeavesWhatWasCommitted(@TempDir Path directory) {
        try (SinkRun run = run(directory);
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":1}");
            await(stage.commit(run.commit(1, "c1")));
            await(stage.discard(0, 1));
            write(stage, 1, "{\"id\":2}");
            await(stage.commit(run.commit(2, "c2")));
            assertThat(ids(directory)).containsExactly(1L, 2L);
        }
    }

    /** The bytes of a batch are the sink's only until the signal. */
    @Test
    default void aStageCopiesWhatItKeeps(@TempDir Path directory) {
        try (SinkRun run = run(directory);
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            RecordBytes records = records("{\"id\":1}");
            await(stage.write(new Batch(run.slice("all"), 0, 1, records, Optional.empty(), true)));
            Arrays.fill(records.array(), (byte) '9');
            await(stage.commit(run.commit(1, "c1")));
        }
        assertThat(ids(directory)).containsExactly(1L);
    }

    /** A second stage may come and go while the first one is at work. */
    @Test
    default void stagesOfOneStreamDoNotDisturbEachOther(@TempDir Path directory) {
        try (SinkRun run = run(directory);
                Stage first = run.stage("a", WriteMode.APPEND)) {
            write(first, 0, "{\"id\":1}");
            try (Stage second = run.stage("b", WriteMode.APPEND)) {
                write(second, 0, "{\"id\":2}");
                write(first, 1, "{\"id\":3}");
                await(second.commit(run.commit(1, "b1")));
                assertThat(ids(directory)).containsExactly(2L);
                write(second, 1, "{\"id\":90}");
            }
            write(first, 2, "{\"id\":4}");
            await(first.commit(run.commit(1, "a1")));
        }
        assertThat(ids(directory)).containsExactly(1L, 2L, 3L, 4L);
    }
}
