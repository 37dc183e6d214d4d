package io.penstock.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.Batch;
import io.penstock.record.Cursor;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemandTest {

    private final Rig rig = new Rig().orders();

    @AfterEach
    void close() {
        rig.close();
    }

    private long asked() {
        return rig.source.demand.get();
    }

    @Test
    void asksForExactlyOnePageWhileOneIsBeingWritten() {
        rig.pages(5, 1);
        rig.store.writing = Duration.ofMillis(100);
        rig.start().advance(99);
        assertThat(asked()).isEqualTo(2);
        rig.advance(1);
        assertThat(asked()).isEqualTo(3);
        rig.advance(99);
        assertThat(asked()).isEqualTo(3);
    }

    @Test
    void asksForExactlyOnePageWhileACommitRuns() {
        rig.pages(5, 10);
        rig.store.committing = Duration.ofMillis(100);
        rig.start().advance(99);
        assertThat(asked()).isEqualTo(2);
        rig.advance(1);
        assertThat(asked()).isEqualTo(3);
    }

    @Test
    void asksForNothingWhileTheSinkHangs() {
        rig.pages(5, 1);
        rig.store.writing = Duration.ofDays(1);
        rig.start().advance(3_600_000);
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void forgetsTheBatchesOfATryThatBrokeOff() {
        rig.source.batch(new Batch(
                Rig.ALL, 0, 1, ScriptedSource.bytes("{\"id\":\"1\"}", "{\"id\":\"2\"}"), Optional.empty(), false));
        rig.source.batch(new Batch(Rig.ALL, 0, 2, ScriptedSource.bytes("{\"id\":\"1\"}"), Optional.empty(), false));
        rig.source.batch(new Batch(
                Rig.ALL,
                0,
                2,
                ScriptedSource.bytes("{\"id\":\"2\"}", "{\"id\":\"3\"}"),
                Optional.of(new Cursor("3")),
                true));
        rig.run(10);
        assertThat(rig.store.log).containsOnlyOnce("discard all page 0 attempt 1");
        assertThat(rig.store.rowsOf(Rig.ORDERS)).containsExactly("{\"id\":\"1\"}", "{\"id\":\"2\"}", "{\"id\":\"3\"}");
    }

    @Test
    void dropsAPageThatNeverCameToItsEndAndKeepsTheOnesBefore() {
        rig.pages(1, 1);
        rig.source.batch(new Batch(Rig.ALL, 1, 1, ScriptedSource.bytes("{\"id\":\"half\"}"), Optional.empty(), false));
        rig.source.failure(Rig.ALL, new io.penstock.error.TryLater.TruncatedResponse("cut"));
        assertThat(rig.run(10).exitCode()).isEqualTo(75);
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(1);
        assertThat(rig.store.cursorOf(Rig.ALL)).isEqualTo("1");
    }

    @Test
    void takesAnEndInsideAPageForABugOfTheSource() {
        rig.source.batch(new Batch(Rig.ALL, 0, 1, ScriptedSource.bytes("{\"id\":\"half\"}"), Optional.empty(), false));
        assertThat(rig.run(10).exitCode()).isEqualTo(70);
        assertThat(rig.store.rowsOf(Rig.ORDERS)).isEmpty();
    }
}
