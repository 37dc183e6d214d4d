package io.penstock.testkit.sink;

import static io.penstock.testkit.sink.SinkRun.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.Cursor;
import io.penstock.sink.Committed;
import io.penstock.sink.Sink;
import io.penstock.sink.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a claim must do. */
public interface ClaimContract extends SinkHooks {

    /** Fencing needs growing numbers. */
    @Test
    default void aClaimMintsAHigherEpochThanAnyRunBefore(@TempDir Path directory) {
        long last = 0;
        for (int i = 0; i < 3; i++) {
            try (SinkRun run = run(directory)) {
                assertThat(run.claim().epoch()).isGreaterThan(last);
                last = run.claim().epoch();
            }
        }
    }

    /** A new store holds nothing. */
    @Test
    default void aFirstClaimKnowsNoSlice(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            assertThat(run.claim().committed()).isEmpty();
            assertThat(run.claim().of(run.slice("all"))).isEqualTo(Committed.NOTHING);
        }
    }

    /** The lock ends with its owner. */
    @Test
    default void aRunAfterAClosedOneNeverWaits(@TempDir Path directory) {
        run(directory).close();
        run(directory).close();
    }

    /** Two runs never write at once. */
    @Test
    default void aSecondRunThatIsAliveIsRefusedWithStateConflict(@TempDir Path directory) {
        try (SinkRun first = run(directory)) {
            assertThatThrownBy(() -> run(directory)).isInstanceOf(StateConflict.class);
            first.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            assertThatThrownBy(() -> run(directory)).isInstanceOf(StateConflict.class);
        }
        assertThat(ids(directory)).containsExactly(1L);
    }

    /** A claim tells what the sink holds. */
    @Test
    default void aClaimTellsWhereEachSliceStands(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            run.load("a", WriteMode.APPEND, 1, "a1", "{\"id\":1}");
            run.load("a", WriteMode.APPEND, 2, "a2", "{\"id\":2}");
            run.load("b", WriteMode.APPEND, 1, "b1", "{\"id\":3}");
        }
        try (SinkRun run = run(directory)) {
            assertThat(run.claim().of(run.slice("a"))).isEqualTo(new Committed(2, Optional.of(new Cursor("a2"))));
            assertThat(run.claim().of(run.slice("b"))).isEqualTo(new Committed(1, Optional.of(new Cursor("b1"))));
        }
    }

    /** A probe leaves nothing behind. */
    @Test
    default void aCheckLeavesNothingBehind(@TempDir Path directory) throws IOException {
        try (Sink sink = open(directory)) {
            await(sink.check());
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    /** Nothing happens before somebody subscribes. */
    @Test
    default void nothingHappensBeforeSubscription(@TempDir Path directory) throws IOException {
        try (Sink sink = open(directory)) {
            sink.check();
            sink.claim(stream().id().connection());
            sink.open(stream(), stream().id().slice("all"), WriteMode.APPEND);
            sink.forget(stream().id());
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    /** Forgetting concerns the cursors only. */
    @Test
    default void aForgottenStreamKeepsItsRows(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
        }
        try (SinkRun run = run(directory)) {
            await(run.sink().forget(stream().id()));
        }
        try (SinkRun run = run(directory)) {
            assertThat(run.claim().of(run.slice("all"))).isEqualTo(Committed.NOTHING);
            assertThat(ids(directory)).containsExactly(1L);
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":2}");
            assertThat(ids(directory)).containsExactly(1L, 2L);
        }
    }

    /** Closing twice is closing once. */
    @Test
    default void closeIsIdempotent(@TempDir Path directory) {
        SinkRun run = run(directory);
        run.close();
        run.close();
    }
}
