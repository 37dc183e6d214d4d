package io.penstock.sinks.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.record.Shape;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.WriteMode;
import io.penstock.sinks.postgres.Ledger.TableEntry;
import io.penstock.testkit.sink.SinkRun;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that somebody has written into. */
final class LedgerGarbageTest {

    private static final StreamInfo STREAM = StreamInfo.of(StreamId.of("shop", "customers"));

    @TempDir
    Path directory;

    @Test
    void everyPrefixOfTheColumnsIsStateCorrupt() {
        Columns columns = Columns.NONE.grown(new Shape(Map.of("id", Shape.LONG, "näme\"", Shape.TEXT)));
        String json = columns.json();
        assertThat(TableEntry.of("t", json).columns()).isEqualTo(columns);
        for (int end = 0; end < json.length(); end++) {
            String prefix = json.substring(0, end);
            assertThatThrownBy(() -> TableEntry.of("t", prefix))
                    .as(prefix)
                    .isInstanceOf(StateCorrupt.class)
                    .hasMessageContaining("backup");
        }
    }

    @Test
    void columnsOfOtherKindsAreStateCorrupt() {
        for (String json : new String[] {
            "{}",
            "null",
            "[1]",
            "[{}]",
            "[{\"field\":1,\"name\":\"a\",\"type\":\"TEXT\"}]",
            "[{\"field\":\"a\",\"name\":\"a\",\"type\":\"text\"}]",
            "[{\"field\":\"a\",\"name\":\"a\",\"type\":null}]"
        }) {
            assertThatThrownBy(() -> TableEntry.of("t", json)).as(json).isInstanceOf(StateCorrupt.class);
        }
    }

    @Test
    void aTruncatedLedgerStopsTheRunAndStaysAsItIs() {
        begin();
        Postgres.execute(directory, "UPDATE _penstock_tables SET columns = left(columns, 20)");
        try (SinkRun run = SinkRun.of(Postgres.open(directory), STREAM)) {
            assertThatThrownBy(() -> run.stage("all", WriteMode.APPEND)).isInstanceOf(StateCorrupt.class);
        }
        assertThat(Postgres.query(directory, "SELECT length(columns) FROM _penstock_tables"))
                .containsExactly("20");
        assertThat(Postgres.query(directory, "SELECT id FROM customers")).containsExactly("1");
    }

    @Test
    void aLedgerOfANewerVersionIsLeftAlone() {
        begin();
        Postgres.execute(directory, "UPDATE _penstock_meta SET format = 2");
        assertThatThrownBy(() -> SinkRun.of(Postgres.open(directory), STREAM))
                .isInstanceOf(StateCorrupt.class)
                .hasMessageContaining("format [2]")
                .hasMessageContaining("newer");
        assertThat(Postgres.query(directory, "SELECT epoch FROM _penstock_connections"))
                .containsExactly("1");
    }

    private void begin() {
        try (SinkRun run = SinkRun.of(Postgres.open(directory), STREAM)) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
        }
    }
}
