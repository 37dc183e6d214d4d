package io.penstock.testkit.sink;

import static io.penstock.testkit.sink.SinkRun.await;
import static io.penstock.testkit.sink.SinkRun.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.record.Cursor;
import io.penstock.sink.Committed;
import io.penstock.sink.Sink;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a full refresh must do, for sinks that offer {@link WriteMode#REPLACE}. */
public interface ReplaceContract extends SinkHooks {

    /** The old rows stay readable until the swap, which is one step for rows and cursors. */
    @Test
    default void aReplacementBecomesVisibleAtOnceWithPublish(@TempDir Path directory) {
        assumeReplace(directory);
        try (SinkRun run = run(directory)) {
            run.load("old", WriteMode.APPEND, 1, "o1", "{\"id\":1}");
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":2}");
        }
        try (SinkRun run = run(directory)) {
            try (Stage stage = run.stage("all", WriteMode.REPLACE)) {
                write(stage, 0, "{\"id\":10}");
                await(stage.commit(run.commit(2, "c2")));
                write(stage, 1, "{\"id\":11}");
                await(stage.commit(run.commit(3, "c3")));
                write(stage, 2, "{\"id\":99}");
            }
            assertThat(ids(directory)).containsExactly(1L, 2L);
            await(run.sink().publish(stream().id(), WriteMode.REPLACE));
            assertThat(ids(directory)).containsExactly(10L, 11L);
            assertThat(await(run.sink().rows(stream().id()))).isEqualTo(2L);
        }
        try (SinkRun run = run(directory)) {
            assertThat(ids(directory)).containsExactly(10L, 11L);
            assertThat(run.claim().of(run.slice("all"))).isEqualTo(new Committed(3, Optional.of(new Cursor("c3"))));
            assertThat(run.claim().of(run.slice("old"))).isEqualTo(Committed.NOTHING);
        }
    }

    /** A run that died half way leaves the old rows and cursors, and its own leftovers are removed. */
    @Test
    default void anUnpublishedReplacementIsSweptAtTheNextClaim(@TempDir Path directory) {
        assumeReplace(directory);
        try (SinkRun run = run(directory)) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
        }
        try (SinkRun run = run(directory)) {
            run.load("all", WriteMode.REPLACE, 2, "c2", "{\"id\":10}");
        }
        try (SinkRun run = run(directory)) {
            assertThat(ids(directory)).containsExactly(1L);
            assertThat(run.claim().of(run.slice("all"))).isEqualTo(new Committed(1, Optional.of(new Cursor("c1"))));
            run.load("all", WriteMode.REPLACE, 2, "c2", "{\"id\":11}");
            await(run.sink().publish(stream().id(), WriteMode.REPLACE));
        }
        assertThat(ids(directory)).containsExactly(11L);
    }

    /** The answer to a publish may be lost and asked for again. */
    @Test
    default void publishingAgainChangesNothing(@TempDir Path directory) {
        assumeReplace(directory);
        try (SinkRun run = run(directory)) {
            run.load("all", WriteMode.REPLACE, 1, "c1", "{\"id\":1}");
            await(run.sink().publish(stream().id(), WriteMode.REPLACE));
            await(run.sink().publish(stream().id(), WriteMode.REPLACE));
            assertThat(ids(directory)).containsExactly(1L);
        }
    }

    /** An API that has become empty leaves an empty store. */
    @Test
    default void aReplacementWithoutRowsRemovesAllRows(@TempDir Path directory) {
        assumeReplace(directory);
        try (SinkRun run = run(directory)) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            run.load("all", WriteMode.REPLACE, 2, "c2");
            await(run.sink().publish(stream().id(), WriteMode.REPLACE));
            assertThat(ids(directory)).isEmpty();
        }
    }

    /** For other modes there is nothing to publish. */
    @Test
    default void publishingAnAppendChangesNothing(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            await(run.sink().publish(stream().id(), WriteMode.APPEND));
            assertThat(ids(directory)).containsExactly(1L);
        }
    }

    /** A replaced stream can be appended to. */
    @Test
    default void anAppendAfterAReplacementAddsToIt(@TempDir Path directory) {
        assumeReplace(directory);
        try (SinkRun run = run(directory)) {
            run.load("all", WriteMode.REPLACE, 1, "c1", "{\"id\":1}");
            await(run.sink().publish(stream().id(), WriteMode.REPLACE));
            run.load("all", WriteMode.APPEND, 2, "c2", "{\"id\":2}");
            assertThat(ids(directory)).containsExactly(1L, 2L);
        }
    }

    private void assumeReplace(Path directory) {
        try (Sink sink = open(directory)) {
            assumeTrue(sink.modes().contains(WriteMode.REPLACE), "the sink does not replace");
        }
    }
}
