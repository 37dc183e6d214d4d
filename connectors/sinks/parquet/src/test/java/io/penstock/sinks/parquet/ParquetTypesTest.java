package io.penstock.sinks.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.record.Resume;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What type a column has, in one part and in all of them together. */
final class ParquetTypesTest {

    private static final StreamId ORDERS = StreamId.of("shop", "orders");
    private static final String SCHEMA = """
            {"properties":{"id":{"type":"integer"},"price":{"type":"number"},"paid":{"type":["boolean","null"]},
            "at":{"type":"string","format":"date-time"},"day":{"type":"string","format":"date"},
            "name":{"type":"string"},"tags":{"type":"array"}}}""";

    @TempDir
    Path directory;

    private SinkRun run(Map<String, ?> settings, Optional<String> schema) {
        StreamInfo orders = new StreamInfo(ORDERS, schema, List.of(), Optional.empty(), Optional.empty(), Resume.NONE);
        return SinkRun.of(Parquet.open(directory, settings), orders);
    }

    private String together() {
        return "read_parquet('" + directory + "/orders/**/*.parquet', union_by_name = true, hive_partitioning = false)";
    }

    private List<String> types() {
        return Parquet.query(
                "SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM " + together() + ")");
    }

    @Test
    void theSchemaGivesTheTypesEvenOfFieldsThatNoRecordHas() {
        try (SinkRun run = run(Map.of(), Optional.of(SCHEMA))) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1,\"at\":\"2026-01-31T12:00:00.5+02:00\"}");
        }
        assertThat(types())
                .containsExactly(
                        "id BIGINT",
                        "price DOUBLE",
                        "paid BOOLEAN",
                        "at TIMESTAMP WITH TIME ZONE",
                        "day DATE",
                        "name VARCHAR",
                        "tags JSON");
        assertThat(Parquet.query("SELECT epoch_us(\"at\") FROM " + together())).containsExactly("1769853600500000");
    }

    @Test
    void aValueThatIsNoTimeIsRejectedAndAFinerOneIsKeptAsText() {
        try (SinkRun run = run(Map.of(), Optional.of(SCHEMA))) {
            assertThatThrownBy(() -> run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1,\"at\":\"soon\"}"))
                    .isInstanceOf(RecordRejected.class)
                    .hasMessageContaining("the field at");
            assertThat(Parquet.parts(directory, ORDERS)).isEmpty();
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":2,\"at\":\"2026-01-31T12:00:00.1234567Z\"}");
        }
        assertThat(Parquet.query("SELECT \"at\" FROM " + together())).containsExactly("2026-01-31T12:00:00.1234567Z");
    }

    @Test
    void numbersOfAllPartsTogetherAreNeverRounded() {
        try (SinkRun run = run(Map.of(), Optional.empty())) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"i\":9007199254740993,\"h\":1}");
            run.load("all", WriteMode.APPEND, 2, "c2", "{\"i\":2.5,\"h\":85070591730234615865843651857942052863}");
        }
        assertThat(types()).containsExactly("i JSON", "h DECIMAL(38,0)");
        assertThat(Parquet.query("SELECT i FROM " + together())).containsExactlyInAnyOrder("9007199254740993", "2.5");
        assertThat(Parquet.query("SELECT h FROM " + together()))
                .containsExactlyInAnyOrder("1", "85070591730234615865843651857942052863");
    }

    @Test
    void partitionedAndRolledPartsHoldEveryRow() {
        String[] lines = IntStream.range(0, 900)
                .mapToObj(i -> "{\"id\":" + i + ",\"country\":\"" + (i % 3 == 0 ? "DE" : "F R") + "\",\"t\":\""
                        + "x".repeat(300) + "\"}")
                .toArray(String[]::new);
        Map<String, ?> settings = Map.of("partition_by", "country", "roll", Map.of("bytes", "64KiB"));
        try (SinkRun run = run(settings, Optional.empty())) {
            run.load("all", WriteMode.APPEND, 1, "c1", lines);
        }
        assertThat(Parquet.parts(directory, ORDERS).size()).isBetween(5, 8);
        assertThat(Parquet.query("SELECT count(DISTINCT id) || ' ' || count(*) FROM " + together()))
                .containsExactly("900 900");
        assertThat(Parquet.query("SELECT count(*) FROM '" + directory + "/orders/country=F%20R/*.parquet'"))
                .containsExactly("600");
    }
}
