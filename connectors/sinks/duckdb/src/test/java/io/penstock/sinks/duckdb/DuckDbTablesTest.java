package io.penstock.sinks.duckdb;

import static io.penstock.testkit.sink.SinkRun.await;
import static io.penstock.testkit.sink.SinkRun.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.StateFailure.SinkRegressed;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.Resume;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DuckDbTablesTest {

    private static final String SCHEMA = """
            {"type": "object", "properties": {
              "id": {"type": "integer"}, "name": {"type": ["string", "null"]}, "price": {"type": "number"},
              "updated_at": {"type": "string", "format": "date-time"}, "born": {"type": "string", "format": "date"},
              "active": {"type": "boolean"}, "address": {"type": "object"}, "tags": {"type": "array"}}}
            """;

    private static final StreamInfo STREAM = new StreamInfo(
            StreamId.of("shop", "customers"),
            Optional.of(SCHEMA),
            List.of("id"),
            Optional.of("updated_at"),
            Optional.of("deleted"),
            Resume.PAGE_TOKEN);

    @TempDir
    Path directory;

    private SinkRun run() {
        return SinkRun.of(DuckDb.open(directory), STREAM);
    }

    private void append(long version, String... lines) {
        try (SinkRun run = run()) {
            run.load("all", WriteMode.APPEND, version, "c" + version, lines);
        }
    }

    private List<String> types() {
        return DuckDb.query(
                directory,
                "SELECT column_name || ' ' || data_type FROM duckdb_columns() WHERE table_name = 'customers'"
                        + " ORDER BY column_index");
    }

    @Test
    void theSchemaGivesTheTypesOfTheColumns() {
        append(
                1,
                "{\"id\":1,\"name\":\"Zoë\",\"price\":19.99,\"updated_at\":\"2026-01-31T12:00:00.123456+02:00\","
                        + "\"born\":\"1999-12-31\",\"active\":true,\"address\":{\"zip\":\"1\"},\"tags\":[1]}");
        assertThat(types())
                .containsExactly(
                        "id BIGINT",
                        "name VARCHAR",
                        "price DOUBLE",
                        "updated_at TIMESTAMP WITH TIME ZONE",
                        "born DATE",
                        "active BOOLEAN",
                        "address JSON",
                        "tags JSON");
        assertThat(DuckDb.query(
                        directory,
                        "SELECT epoch_us(updated_at) || ' ' || born || ' ' || (address->>'zip') FROM customers"))
                .containsExactly("1769853600123456 1999-12-31 1");
    }

    @Test
    void aTimeThatCannotBeReadIsRejectedByFieldAndRecordAndNothingIsCommitted() {
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":1,\"updated_at\":\"2026-01-31T12:00:00Z\"}", "{\"id\":2,\"updated_at\":\"soon\"}");
            assertThatThrownBy(() -> await(stage.commit(run.commit(1, "c1"))))
                    .isInstanceOf(RecordRejected.class)
                    .hasMessageContaining("updated_at")
                    .hasMessageContaining("record 2");
        }
        try (SinkRun run = run()) {
            assertThat(run.claim().committed()).isEmpty();
            assertThat(DuckDb.rows(directory, STREAM.id())).isEmpty();
        }
    }

    @Test
    void aDateWithATimeIsNotCut() {
        append(1, "{\"id\":1,\"born\":\"1999-12-31\"}");
        append(2, "{\"id\":2,\"born\":\"1999-12-31T23:00:00\"}");
        assertThat(DuckDb.query(directory, "SELECT born FROM customers ORDER BY id"))
                .containsExactly("1999-12-31", "1999-12-31T23:00:00");
    }

    @Test
    void timesFinerThanAMicrosecondAreKeptAsText() {
        append(1, "{\"id\":1,\"updated_at\":\"2026-01-31T12:00:00Z\"}");
        append(2, "{\"id\":2,\"updated_at\":\"2026-01-31T12:00:00.1234567Z\"}");
        assertThat(DuckDb.query(directory, "SELECT updated_at FROM customers ORDER BY id"))
                .containsExactly("2026-01-31T12:00:00.000000Z", "2026-01-31T12:00:00.1234567Z");
    }

    @Test
    void integersThatWouldBeRoundedMakeTheColumnJson() {
        append(1, "{\"id\":1,\"n\":9007199254740993}");
        append(2, "{\"id\":2,\"n\":0.5}");
        assertThat(types()).contains("n JSON");
        assertThat(DuckDb.query(directory, "SELECT n FROM customers ORDER BY id"))
                .containsExactly("9007199254740993", "0.5");
    }

    @Test
    void smallIntegersWidenToFloatingPoint() {
        append(1, "{\"id\":1,\"n\":3}");
        append(2, "{\"id\":2,\"n\":0.5}");
        assertThat(types()).contains("n DOUBLE");
    }

    @Test
    void numbersThatAreTextAreNotTakenForNumbers() {
        append(1, "{\"id\":1,\"n\":12}", "{\"id\":2,\"n\":\"12\"}");
        assertThat(DuckDb.query(directory, "SELECT n FROM customers ORDER BY id"))
                .containsExactly("12", "\"12\"");
    }

    @Test
    void aTableThatIsNotOursIsRefusedWithItsColumns() {
        DuckDb.execute(directory, "CREATE TABLE customers (mine INTEGER)");
        try (SinkRun run = run()) {
            assertThatThrownBy(() -> run.stage("all", WriteMode.APPEND))
                    .isInstanceOf(ConfigError.class)
                    .hasMessageContaining("not ours")
                    .hasMessageContaining("mine");
        }
    }

    @Test
    void aTableChangedByOthersIsRefusedBeforeDataIsWritten() {
        append(1, "{\"id\":1}");
        DuckDb.execute(directory, "ALTER TABLE customers DROP COLUMN name");
        try (SinkRun run = run()) {
            assertThatThrownBy(() -> run.stage("all", WriteMode.APPEND))
                    .isInstanceOf(SinkPermanent.class)
                    .hasMessageContaining("name (expected VARCHAR, found nothing)");
        }
    }

    @Test
    void aTableDroppedByOthersIsSinkRegressed() {
        append(1, "{\"id\":1}");
        DuckDb.execute(directory, "DROP TABLE customers");
        try (SinkRun run = run()) {
            assertThatThrownBy(() -> run.stage("all", WriteMode.APPEND)).isInstanceOf(SinkRegressed.class);
        }
    }

    @Test
    void aFileThatIsNotDuckDbIsAConfigErrorAndStaysAsItIs() throws IOException {
        Files.writeString(DuckDb.file(directory), "my own precious notes");
        assertThatThrownBy(this::run).isInstanceOf(ConfigError.class).hasMessageContaining("not ours");
        assertThat(DuckDb.file(directory)).hasContent("my own precious notes");
    }

    @Test
    void aFileReplacedUnderTheRunIsSinkRegressed() throws IOException {
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":1}");
            Files.move(DuckDb.file(directory), directory.resolve("moved"));
            assertThatThrownBy(() -> await(stage.commit(run.commit(1, "c1")))).isInstanceOf(SinkRegressed.class);
        }
    }

    @Test
    void twoConnectionsShareOneFile() {
        StreamInfo orders = StreamInfo.of(StreamId.of("other", "orders"));
        try (SinkRun first = run();
                SinkRun second = SinkRun.of(DuckDb.open(directory), orders)) {
            first.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            second.load("all", WriteMode.APPEND, 1, "o1", "{\"id\":2}");
        }
        assertThat(DuckDb.rows(directory, orders.id())).hasSize(1);
        assertThat(DuckDb.rows(directory, STREAM.id())).hasSize(1);
    }

    @Test
    void aConnectionOfAnotherSchemaStandsByItself() {
        append(1, "{\"id\":1}");
        try (SinkRun run = SinkRun.of(DuckDb.open(directory, Map.of("schema", "my \"raw\"")), STREAM)) {
            assertThat(run.claim().committed()).isEmpty();
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":5}");
        }
        assertThat(DuckDb.query(directory, "SELECT id FROM \"my \"\"raw\"\"\".customers"))
                .containsExactly("5");
    }

    @Test
    void aRecordWithoutItsKeyCannotBeUpserted() {
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.UPSERT)) {
            write(stage, 0, "{\"id\":1}", "{\"name\":\"nobody\"}");
            assertThatThrownBy(() -> await(stage.commit(run.commit(1, "c1"))))
                    .isInstanceOf(RecordRejected.class)
                    .hasMessageContaining("field id");
        }
    }

    @Test
    void hostileNamesAreOnlyNames() {
        StreamInfo hostile = StreamInfo.of(StreamId.of("shop", "x\"; DROP TABLE customers; --"));
        append(1, "{\"id\":1}");
        try (SinkRun run = SinkRun.of(DuckDb.open(directory), hostile)) {
            run.load("a'; --", WriteMode.APPEND, 1, "c'1", "{\"a\\\"); DROP TABLE customers; --\":1}");
        }
        assertThat(DuckDb.rows(directory, STREAM.id())).hasSize(1);
    }

    @Test
    void aDatabaseHeldByAnotherProcessIsStateConflict() throws IOException, InterruptedException {
        append(1, "{\"id\":1}");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        DuckDb.file(directory).toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("open");
            assertThatThrownBy(this::run).isInstanceOf(StateConflict.class).hasMessageContaining("another process");
        } finally {
            other.destroyForcibly().waitFor();
        }
        run().close();
    }

    @Test
    void nothingIsLeftBesideTheFile() throws IOException {
        append(1, "{\"id\":1}");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(DuckDb.file(directory));
        }
    }

    @Test
    void theLookCommandQueriesATable() {
        try (SinkRun run = run()) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            assertThat(run.sink().lookCommand()).endsWith("shop.duckdb \"SELECT * FROM customers LIMIT 10\"");
        }
    }
}
