package io.penstock.testkit.sink;

import static io.penstock.testkit.sink.SinkRun.await;
import static io.penstock.testkit.sink.SinkRun.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.PenstockException;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.Cursor;
import io.penstock.sink.Commit;
import io.penstock.sink.Committed;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** What a commit must do. */
public interface CommitContract extends SinkHooks {

    /** Rows and cursor come together. */
    @Test
    default void aCommitMakesRowsAndCursorDurableTogether(@TempDir Path directory) {
        try (SinkRun run = run(directory);
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":1}", "{\"id\":2}");
            write(stage, 1, "{\"id\":3}");
            await(stage.commit(run.commit(1, "c1")));
            assertThat(ids(directory)).containsExactly(1L, 2L, 3L);
            write(stage, 2, "{\"id\":4}");
            await(stage.commit(run.commit(2, "c2")));
        }
        try (SinkRun run = run(directory)) {
            assertThat(ids(directory)).containsExactly(1L, 2L, 3L, 4L);
            assertThat(run.claim().of(run.slice("all"))).isEqualTo(new Committed(2, Optional.of(new Cursor("c2"))));
        }
    }

    /** A lost answer is asked for again, by the same stage. */
    @Test
    default void theSameCommitAgainChangesNothing(@TempDir Path directory) {
        try (SinkRun run = run(directory);
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":1}");
            await(stage.commit(run.commit(1, "c1")));
            await(stage.commit(run.commit(1, "c1")));
            write(stage, 1, "{\"id\":2}");
            await(stage.commit(run.commit(2, "c2")));
            assertThat(ids(directory)).containsExactly(1L, 2L);
        }
    }

    /** A lost answer is asked for again, by a new stage that has gathered the same rows. */
    @Test
    default void theSameCommitFromANewStageChangesNothing(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            try (Stage stage = run.stage("all", WriteMode.APPEND)) {
                write(stage, 0, "{\"id\":1}");
                await(stage.commit(run.commit(1, "c1")));
                write(stage, 1, "{\"id\":2}");
                await(stage.commit(run.commit(2, "c2")));
            }
            assertThat(ids(directory)).containsExactly(1L, 2L);
        }
    }

    /** A run that was overtaken writes nothing. */
    @Test
    default void aCommitOfAnOldEpochFailsAndChangesNothing(@TempDir Path directory) {
        run(directory).close();
        try (SinkRun run = run(directory);
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":1}");
            Commit old = new Commit(run.claim().epoch() - 1, 1, Optional.of(new Cursor("c1")));
            assertThatThrownBy(() -> await(stage.commit(old))).isInstanceOf(StateConflict.class);
            assertThat(ids(directory)).isEmpty();
        }
    }

    /** Versions have no gap. */
    @Test
    default void aCommitWhoseVersionIsNotTheNextFailsAndChangesNothing(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            run.load("all", WriteMode.APPEND, 2, "c2", "{\"id\":2}");
        }
        try (SinkRun run = run(directory)) {
            for (long version : new long[] {1, 2, 4}) {
                try (Stage stage = run.stage("all", WriteMode.APPEND)) {
                    write(stage, 0, "{\"id\":9}");
                    assertThatThrownBy(() -> await(stage.commit(run.commit(version, "x"))))
                            .isInstanceOf(StateConflict.class);
                }
            }
            assertThat(ids(directory)).containsExactly(1L, 2L);
            run.load("all", WriteMode.APPEND, 3, "c3", "{\"id\":3}");
            assertThat(ids(directory)).containsExactly(1L, 2L, 3L);
        }
    }

    /** A closed sink has no right to write. */
    @Test
    default void aCommitAfterTheSinkWasClosedFailsAndChangesNothing(@TempDir Path directory) {
        SinkRun run = run(directory);
        Stage stage = run.stage("all", WriteMode.APPEND);
        write(stage, 0, "{\"id\":1}");
        run.close();
        assertThatThrownBy(() -> await(stage.commit(run.commit(1, "c1")))).isInstanceOf(PenstockException.class);
        try (SinkRun next = run(directory)) {
            assertThat(next.claim().committed()).isEmpty();
            assertThat(ids(directory)).isEmpty();
        }
    }

    /** A commit in the middle of a walk that cannot be resumed has no cursor. */
    @Test
    default void aCommitWithoutACursorLeavesTheCursorAsItWas(@TempDir Path directory) {
        try (SinkRun run = run(directory);
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":1}");
            await(stage.commit(new Commit(run.claim().epoch(), 1, Optional.empty())));
            write(stage, 1, "{\"id\":2}");
            await(stage.commit(run.commit(2, "c2")));
            write(stage, 2, "{\"id\":3}");
            await(stage.commit(new Commit(run.claim().epoch(), 3, Optional.empty())));
        }
        try (SinkRun run = run(directory)) {
            assertThat(run.claim().of(run.slice("all"))).isEqualTo(new Committed(3, Optional.of(new Cursor("c2"))));
        }
    }

    /** A slice may be finished without any record. */
    @Test
    default void aCommitWithoutRowsMovesTheCursor(@TempDir Path directory) {
        try (SinkRun run = run(directory);
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0);
            await(stage.commit(run.commit(1, "c1")));
            assertThat(ids(directory)).isEmpty();
        }
        try (SinkRun run = run(directory)) {
            assertThat(run.claim().of(run.slice("all"))).isEqualTo(new Committed(1, Optional.of(new Cursor("c1"))));
        }
    }

    /** Slices write and commit side by side. */
    @Test
    default void slicesCommitSideBySide(@TempDir Path directory) {
        long slices = 6;
        int commits = 5;
        try (SinkRun run = run(directory)) {
            List<Stage> stages = new ArrayList<>();
            for (int i = 0; i < slices; i++) {
                stages.add(run.stage("s" + i, WriteMode.APPEND));
            }
            for (int c = 0; c < commits; c++) {
                for (int i = 0; i < slices; i++) {
                    write(stages.get(i), c, "{\"id\":" + (c * slices + i) + "}");
                }
                int version = c + 1;
                Flux.fromIterable(stages)
                        .flatMap(stage -> stage.commit(run.commit(version, "c")), stages.size())
                        .blockLast(Duration.ofMinutes(1));
            }
            stages.forEach(Stage::close);
            assertThat(ids(directory))
                    .containsExactlyElementsOf(
                            LongStream.range(0, slices * commits).boxed().toList());
            assertThat(await(run.sink().rows(stream().id()))).isEqualTo(slices * commits);
        }
    }
}
