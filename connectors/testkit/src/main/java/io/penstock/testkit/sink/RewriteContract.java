package io.penstock.testkit.sink;

import static io.penstock.testkit.sink.SinkRun.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.sink.Claim;
import io.penstock.sink.Commit;
import io.penstock.sink.Committed;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link io.penstock.sink.Sink#rewrite} must do; for sinks that can. */
public interface RewriteContract extends SinkHooks {

    private static Optional<Cursor> cursor(String text) {
        return Optional.of(new Cursor(text));
    }

    /** Cursors change; rows and versions do not. */
    @Test
    default void rewrittenCursorsAreClaimedNextAndRowsAndVersionsStay(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            run.load("a", WriteMode.APPEND, 1, "a1", "{\"id\":1}");
            run.load("b", WriteMode.APPEND, 1, "b1", "{\"id\":2}");
            run.load("b", WriteMode.APPEND, 2, "b2", "{\"id\":3}");
        }
        try (SinkRun run = run(directory)) {
            await(run.sink()
                    .rewrite(run.claim(), Map.of(run.slice("a"), cursor("a9"), run.slice("b"), Optional.empty())));
        }
        try (SinkRun run = run(directory)) {
            assertThat(run.claim().of(run.slice("a"))).isEqualTo(new Committed(1, cursor("a9")));
            assertThat(run.claim().of(run.slice("b"))).isEqualTo(new Committed(2, Optional.empty()));
            assertThat(ids(directory)).containsExactly(1L, 2L, 3L);
            run.load("a", WriteMode.APPEND, 2, "a10", "{\"id\":4}");
            run.load("b", WriteMode.APPEND, 3, "b3", "{\"id\":5}");
            assertThat(ids(directory)).containsExactly(1L, 2L, 3L, 4L, 5L);
        }
    }

    /** A cursor may come before the first row: what lies before it was read elsewhere. */
    @Test
    default void aSliceThatWasNeverWrittenTakesACursorAtVersionNought(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            Map<SliceId, Optional<Cursor>> change = new HashMap<>();
            change.put(run.slice("a"), cursor("a5"));
            change.put(run.slice("b"), Optional.empty());
            await(run.sink().rewrite(run.claim(), change));
            await(run.sink().rewrite(run.claim(), change));
        }
        try (SinkRun run = run(directory)) {
            assertThat(run.claim().committed()).containsOnly(Map.entry(run.slice("a"), new Committed(0, cursor("a5"))));
            run.load("a", WriteMode.APPEND, 1, "a6", "{\"id\":1}");
            assertThat(ids(directory)).containsExactly(1L);
        }
        try (SinkRun run = run(directory)) {
            assertThat(run.claim().of(run.slice("a"))).isEqualTo(new Committed(1, cursor("a6")));
        }
    }

    /** A run that was overtaken changes no cursor, and neither does one part of a change come without the other. */
    @Test
    default void aRewriteOfAnOldEpochFailsAndChangesNothing(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            run.load("a", WriteMode.APPEND, 1, "a1", "{\"id\":1}");
        }
        try (SinkRun run = run(directory)) {
            Claim old = new Claim(run.claim().epoch() - 1, run.claim().committed());
            assertThatThrownBy(() -> await(run.sink().rewrite(old, Map.of(run.slice("a"), cursor("z")))))
                    .isInstanceOf(StateConflict.class);
        }
        try (SinkRun run = run(directory)) {
            assertThat(run.claim().of(run.slice("a"))).isEqualTo(new Committed(1, cursor("a1")));
        }
    }

    /** Whoever had the connection before the change can commit nothing after it. */
    @Test
    default void aCommitOfARunBeforeTheRewriteFails(@TempDir Path directory) {
        long before;
        try (SinkRun run = run(directory)) {
            before = run.claim().epoch();
            run.load("a", WriteMode.APPEND, 1, "a1", "{\"id\":1}");
        }
        try (SinkRun run = run(directory)) {
            await(run.sink().rewrite(run.claim(), Map.of(run.slice("a"), Optional.empty())));
            try (Stage stage = run.stage("a", WriteMode.APPEND)) {
                SinkRun.write(stage, 0, "{\"id\":2}");
                assertThatThrownBy(() -> await(stage.commit(new Commit(before, 2, cursor("a2")))))
                        .isInstanceOf(StateConflict.class);
            }
            assertThat(ids(directory)).containsExactly(1L);
        }
    }

    /** Nothing is done before somebody subscribes. */
    @Test
    default void aRewriteIsCold(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            run.load("a", WriteMode.APPEND, 1, "a1", "{\"id\":1}");
            run.sink().rewrite(run.claim(), Map.of(run.slice("a"), Optional.empty()));
        }
        try (SinkRun run = run(directory)) {
            assertThat(run.claim().of(run.slice("a"))).isEqualTo(new Committed(1, cursor("a1")));
        }
    }
}
