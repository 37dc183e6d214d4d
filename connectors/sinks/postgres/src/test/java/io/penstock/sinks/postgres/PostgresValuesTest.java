package io.penstock.sinks.postgres;

import static io.penstock.testkit.sink.SinkRun.await;
import static io.penstock.testkit.sink.SinkRun.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.error.DataRejected.SchemaViolation;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.record.Resume;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values that PostgreSQL would change or refuse are kept as they are, or refused with a reason. */
final class PostgresValuesTest {

    private static final StreamInfo STREAM = new StreamInfo(
            StreamId.of("shop", "customers"),
            Optional.empty(),
            List.of("id"),
            Optional.empty(),
            Optional.of("deleted"),
            Resume.PAGE_TOKEN);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private SinkRun run() {
        return SinkRun.of(Postgres.open(directory), STREAM);
    }

    private void load(WriteMode mode, long version, String... lines) {
        try (SinkRun run = run()) {
            run.load("all", mode, version, "c" + version, lines);
        }
    }

    private String type(String column) {
        return Postgres.query(
                        directory,
                        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = to_regclass('customers')"
                                + " AND attname = '" + column + "'")
                .get(0);
    }

    /** All of Unicode but halves of pairs, plain and escaped. */
    @Test
    void everyCharacterComesBack() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int block = 0; block < 0x110000; block += 0x1000) {
            StringBuilder text = new StringBuilder();
            for (int code = Math.max(1, block); code < block + 0x1000; code++) {
                if (code < 0xD800 || code > 0xDFFF) {
                    text.appendCodePoint(code);
                }
            }
            ObjectNode line = JSON.createObjectNode().put("id", block).put("plain", text.toString());
            String escaped =
                    text.chars().mapToObj(c -> String.format("\\u%04x", c)).collect(Collectors.joining());
            String written = line.toString();
            lines.add(written.substring(0, written.length() - 1) + ",\"escaped\":\"" + escaped + "\"}");
        }
        load(WriteMode.APPEND, 1, lines.toArray(String[]::new));
        assertThat(type("plain")).isEqualTo("text");
        List<String> plain = Postgres.query(directory, "SELECT plain FROM customers ORDER BY id");
        List<String> escaped = Postgres.query(directory, "SELECT escaped FROM customers ORDER BY id");
        for (int i = 0; i < lines.size(); i++) {
            String expected = JSON.readTree(lines.get(i)).get("plain").textValue();
            assertThat(plain.get(i)).isEqualTo(expected);
            assertThat(escaped.get(i)).isEqualTo(expected);
        }
    }

    @Test
    void theCharacterThatTextCannotHoldMakesAColumnOfJson() {
        load(WriteMode.APPEND, 1, "{\"id\":1,\"t\":\"x\",\"o\":{\"a\":1.50}}");
        assertThat(type("o")).isEqualTo("jsonb");
        load(WriteMode.APPEND, 2, "{\"id\":2,\"t\":\"a\\u0000b\",\"o\":{\"a\":\"\\u0000\",\"\\\\u0000\":2}}");
        assertThat(List.of(type("t"), type("o"))).containsOnly("json");
        assertThat(Postgres.rows(directory, STREAM.id()))
                .contains(Map.of("id", 2L, "t", "a\0b", "o", Map.of("a", "\0", "\\u0000", 2L)));
        assertThat(Postgres.query(directory, "SELECT t FROM customers WHERE id = 1"))
                .containsExactly("\"x\"");
    }

    @Test
    void anEscapedBackslashBeforeAWordIsNotThatCharacter() {
        load(WriteMode.APPEND, 1, "{\"id\":1,\"t\":\"\\\\u0000 \\\\N \\\\.\",\"o\":[\"\\\\u0000\",\"a\\tb\\nc\"]}");
        assertThat(List.of(type("t"), type("o"))).containsExactly("text", "jsonb");
        assertThat(Postgres.rows(directory, STREAM.id()))
                .containsExactly(Map.of("id", 1L, "t", "\\u0000 \\N \\.", "o", List.of("\\u0000", "a\tb\nc")));
    }

    @Test
    void aKeyWithThatCharacterIsRejected() {
        load(WriteMode.UPSERT, 1, "{\"id\":\"a\"}");
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.UPSERT)) {
            write(stage, 0, "{\"id\":\"\\u0000\"}");
            assertThatThrownBy(() -> await(stage.commit(run.commit(2, "c2"))))
                    .isInstanceOf(RecordRejected.class)
                    .hasMessageContaining("U+0000");
        }
    }

    @Test
    void keysMayBecomeWider() {
        load(WriteMode.UPSERT, 1, "{\"id\":1,\"v\":1}");
        load(WriteMode.UPSERT, 2, "{\"id\":18446744073709551615,\"v\":2}", "{\"id\":1,\"v\":2}");
        load(WriteMode.UPSERT, 3, "{\"id\":\"1\",\"v\":3}", "{\"id\":1,\"v\":3}");
        assertThat(Postgres.query(directory, "SELECT id::text || ' ' || v FROM customers ORDER BY 1"))
                .containsExactly("\"1\" 3", "1 3", "18446744073709551615 2");
    }

    @Test
    void aReplacedRecordLosesTheFieldsItHasNoMore() {
        load(WriteMode.UPSERT, 1, "{\"id\":1,\"a\":1,\"b\":1}", "{\"id\":2,\"a\":1}");
        load(WriteMode.UPSERT, 2, "{\"id\":1,\"a\":2}");
        assertThat(Postgres.rows(directory, STREAM.id()))
                .containsExactlyInAnyOrder(Map.of("id", 1L, "a", 2L), Map.of("id", 2L, "a", 1L));
    }

    @Test
    void tombstonesAloneBringNoColumn() {
        load(WriteMode.UPSERT, 1, "{\"id\":1}", "{\"id\":2}");
        load(WriteMode.UPSERT, 2, "{\"id\":1,\"deleted\":true}");
        assertThat(Postgres.rows(directory, STREAM.id())).containsExactly(Map.of("id", 2L));
        assertThat(Postgres.query(
                        directory,
                        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass('customers') AND attnum > 0"))
                .containsExactly("id");
    }

    @Test
    void rowsAppendedTwiceCannotBeUpsertedAndAppendingAllowsThemAgain() {
        load(WriteMode.APPEND, 1, "{\"id\":1}", "{\"id\":1}");
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.UPSERT)) {
            write(stage, 0, "{\"id\":1}");
            assertThatThrownBy(() -> await(stage.commit(run.commit(2, "c2"))))
                    .isInstanceOf(SinkPermanent.class)
                    .hasMessageContaining("several rows with the same \"id\"");
        }
        Postgres.execute(directory, "DELETE FROM customers");
        load(WriteMode.UPSERT, 2, "{\"id\":1}");
        load(WriteMode.APPEND, 3, "{\"id\":1}");
        assertThat(Postgres.rows(directory, STREAM.id())).hasSize(2);
    }

    @Test
    void longAndReservedNamesAreKeptApart() {
        String base = "n".repeat(70);
        load(
                WriteMode.APPEND,
                1,
                "{\"id\":1,\"" + base + "a\":2,\"" + base + "b\":3,\"xmin\":4,\"ctid\":5,\"n\\u0061me\":6,\"\\\"\":7}");
        assertThat(Postgres.rows(directory, STREAM.id()).get(0).values())
                .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(Postgres.query(directory, "SELECT xmin_2 + ctid_2 + name FROM customers"))
                .containsExactly("15");
    }

    @Test
    void aRecordWithMoreFieldsThanATableHasColumnsIsRefusedAndNothingIsWritten() {
        String wide = IntStream.range(0, 10_000)
                .mapToObj(i -> "\"f" + i + "\":" + i)
                .collect(Collectors.joining(",", "{", "}"));
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, wide);
            assertThatThrownBy(() -> await(stage.commit(run.commit(1, "c1"))))
                    .isInstanceOf(SchemaViolation.class)
                    .hasMessageContaining("10000 fields")
                    .hasMessageContaining("1600");
        }
        assertThat(Postgres.rows(directory, STREAM.id())).isEmpty();
    }

    @Test
    void sixteenMebibytesFitIntoOneRecord() {
        int size = 16 << 20;
        load(WriteMode.APPEND, 1, "{\"id\":1,\"t\":\"" + "x".repeat(size) + "\"}", "{\"id\":2,\"t\":\"\"}");
        assertThat(Postgres.query(directory, "SELECT length(t) FROM customers ORDER BY id"))
                .containsExactly(Integer.toString(size), "0");
    }

    @Test
    void grantsSurviveAReplacement() {
        load(WriteMode.APPEND, 1, "{\"id\":1}");
        Postgres.execute(directory, "GRANT SELECT ON customers TO PUBLIC");
        try (SinkRun run = run()) {
            run.load("all", WriteMode.REPLACE, 2, "c2", "{\"id\":2}");
            await(run.sink().publish(STREAM.id(), WriteMode.REPLACE));
        }
        assertThat(Postgres.query(
                        directory,
                        "SELECT privilege_type FROM information_schema.table_privileges WHERE grantee = 'PUBLIC'"
                                + " AND table_name = 'customers' AND table_schema = '" + Postgres.schema(directory)
                                + "'"))
                .containsExactly("SELECT");
    }
}
