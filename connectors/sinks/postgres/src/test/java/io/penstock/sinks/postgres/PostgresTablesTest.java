package io.penstock.sinks.postgres;

import static io.penstock.testkit.sink.SinkRun.await;
import static io.penstock.testkit.sink.SinkRun.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.StateFailure.SinkRegressed;
import io.penstock.record.Resume;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresTablesTest {

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
        return SinkRun.of(Postgres.open(directory), STREAM);
    }

    private void append(long version, String... lines) {
        try (SinkRun run = run()) {
            run.load("all", WriteMode.APPEND, version, "c" + version, lines);
        }
    }

    private List<String> types() {
        return Postgres.query(
                directory,
                "SELECT attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid ="
                        + " to_regclass('customers') AND attnum > 0 AND NOT attisdropped ORDER BY attnum");
    }

    @Test
    void theSchemaGivesTheTypesOfTheColumns() {
        append(
                1,
                "{\"id\":1,\"name\":\"Zoë\",\"price\":19.99,\"updated_at\":\"2026-01-31T12:00:00.123456+02:00\","
                        + "\"born\":\"1999-12-31\",\"active\":true,\"address\":{\"zip\":\"1\"},\"tags\":[1]}");
        assertThat(types())
                .containsExactly(
                        "id bigint",
                        "name text",
                        "price numeric",
                        "updated_at timestamp with time zone",
                        "born date",
                        "active boolean",
                        "address jsonb",
                        "tags jsonb");
        assertThat(
                        Postgres.query(
                                directory,
                                "SELECT (extract(epoch FROM updated_at) * 1000000)::bigint || ' ' || born || ' ' || (address->>'zip') FROM customers"))
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
            assertThat(Postgres.rows(directory, STREAM.id())).isEmpty();
        }
    }

    @Test
    void aDateWithATimeIsNotCut() {
        append(1, "{\"id\":1,\"born\":\"1999-12-31\"}");
        append(2, "{\"id\":2,\"born\":\"1999-12-31T23:00:00\"}");
        assertThat(Postgres.query(directory, "SELECT born FROM customers ORDER BY id"))
                .containsExactly("1999-12-31", "1999-12-31T23:00:00");
    }

    @Test
    void timesFinerThanAMicrosecondAreKeptAsText() {
        append(1, "{\"id\":1,\"updated_at\":\"2026-01-31T12:00:00Z\"}");
        append(2, "{\"id\":2,\"updated_at\":\"2026-01-31T12:00:00.1234567Z\"}");
        assertThat(Postgres.query(directory, "SELECT updated_at FROM customers ORDER BY id"))
                .containsExactly("2026-01-31T12:00:00.000000Z", "2026-01-31T12:00:00.1234567Z");
    }

    @Test
    void integersWidenToNumbersWithFractions() {
        append(1, "{\"id\":1,\"n\":3}");
        append(2, "{\"id\":2,\"n\":0.5}");
        assertThat(types()).contains("n numeric");
    }

    @Test
    void numbersThatAreTextAreNotTakenForNumbers() {
        append(1, "{\"id\":1,\"n\":12}", "{\"id\":2,\"n\":\"12\"}");
        assertThat(Postgres.query(directory, "SELECT n FROM customers ORDER BY id"))
                .containsExactly("12", "\"12\"");
    }

    @Test
    void aTableThatIsNotOursIsRefusedWithItsColumns() {
        Postgres.execute(
                directory, "CREATE SCHEMA " + Postgres.schema(directory) + " CREATE TABLE customers (mine integer)");
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
        Postgres.execute(directory, "ALTER TABLE customers DROP COLUMN name");
        try (SinkRun run = run()) {
            assertThatThrownBy(() -> run.stage("all", WriteMode.APPEND))
                    .isInstanceOf(SinkPermanent.class)
                    .hasMessageContaining("name (expected text, found nothing)");
        }
    }

    @Test
    void aTableDroppedByOthersIsSinkRegressed() {
        append(1, "{\"id\":1}");
        Postgres.execute(directory, "DROP TABLE customers");
        try (SinkRun run = run()) {
            assertThatThrownBy(() -> run.stage("all", WriteMode.APPEND)).isInstanceOf(SinkRegressed.class);
        }
    }

    @Test
    void twoConnectionsShareOneSchema() {
        StreamInfo orders = StreamInfo.of(StreamId.of("other", "orders"));
        try (SinkRun first = run();
                SinkRun second = SinkRun.of(Postgres.open(directory), orders)) {
            first.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            second.load("all", WriteMode.APPEND, 1, "o1", "{\"id\":2}");
        }
        assertThat(Postgres.rows(directory, orders.id())).hasSize(1);
        assertThat(Postgres.rows(directory, STREAM.id())).hasSize(1);
    }

    @Test
    void aConnectionOfAnotherSchemaStandsByItself() {
        append(1, "{\"id\":1}");
        String other = "my \"raw\" " + Postgres.schema(directory);
        try (SinkRun run = SinkRun.of(Postgres.open(directory, Map.of("schema", other)), STREAM)) {
            assertThat(run.claim().committed()).isEmpty();
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":5}");
        }
        assertThat(Postgres.query(directory, "SELECT id FROM " + Sql.name(other, "customers")))
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
        try (SinkRun run = SinkRun.of(Postgres.open(directory), hostile)) {
            run.load("a'; --", WriteMode.APPEND, 1, "c'1", "{\"a\\\"); DROP TABLE customers; --\":1}");
        }
        assertThat(Postgres.rows(directory, STREAM.id())).hasSize(1);
    }

    @Test
    void theLookCommandQueriesATable() {
        try (SinkRun run = run()) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            assertThat(run.sink().lookCommand())
                    .startsWith("psql postgres://localhost:")
                    .endsWith("-c \"SELECT * FROM " + Postgres.schema(directory) + ".customers LIMIT 10\"");
        }
    }
}
