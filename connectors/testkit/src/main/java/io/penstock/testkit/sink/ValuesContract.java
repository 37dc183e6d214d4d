package io.penstock.testkit.sink;

import static io.penstock.testkit.sink.SinkRun.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.sink.WriteMode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No value is lost or changed on its way. */
@NullUnmarked // a missing row or value fails the test by itself
public interface ValuesContract extends SinkHooks {

    /** Text of every script, escapes and control characters. */
    @Test
    default void textComesBackAsItWas(@TempDir Path directory) {
        String line =
                "{\"id\":1,\"a\":\"Zoë 日本語 🎈\",\"b\":\"\\\"quoted\\\" \\\\ \\n \\t\",\"c\":\"\",\"d\":\"\\u0000x\",\"e\":\"'; drop\"}";
        assertThat(roundTrip(directory, line))
                .isEqualTo(Map.of(
                        "id", 1L, "a", "Zoë 日本語 🎈", "b", "\"quoted\" \\ \n \t", "c", "", "d", "\0x", "e", "'; drop"));
    }

    /** Numbers to the last digit. */
    @Test
    default void numbersAreNeverRounded(@TempDir Path directory) {
        String line = "{\"id\":9223372036854775807,\"least\":-9223372036854775808,\"unsigned\":18446744073709551615,"
                + "\"price\":19.99,\"long\":12345678901234567.125,\"digits\":0.1234567890123456789,"
                + "\"huge\":123456789012345678901234567890123456789012345,\"tiny\":1e-400,\"double\":0.30000000000000004}";
        Map<String, Object> row = roundTrip(directory, line);
        assertThat(row.get("id")).isEqualTo(Long.MAX_VALUE);
        assertThat(row.get("least")).isEqualTo(Long.MIN_VALUE);
        assertThat(row.get("unsigned")).isEqualTo(new BigInteger("18446744073709551615"));
        assertThat(row.get("huge")).isEqualTo(new BigInteger("123456789012345678901234567890123456789012345"));
        for (String[] pair : new String[][] {
            {"price", "19.99"},
            {"long", "12345678901234567.125"},
            {"digits", "0.1234567890123456789"},
            {"tiny", "1e-400"},
            {"double", "0.30000000000000004"}
        }) {
            assertThat((BigDecimal) row.get(pair[0])).as(pair[0]).isEqualByComparingTo(pair[1]);
        }
    }

    /** Objects and arrays, and the exact numbers in them. */
    @Test
    default void nestedValuesComeBackAsTheyWere(@TempDir Path directory) {
        String line =
                "{\"id\":1,\"o\":{\"x\":[1,{\"y\":null}],\"n\":12345678901234567.125},\"a\":[\"q\",true],\"t\":true}";
        Map<String, Object> row = roundTrip(directory, line);
        assertThat(row.get("a")).isEqualTo(List.of("q", true));
        assertThat(row.get("t")).isEqualTo(true);
        Map<?, ?> nested = (Map<?, ?>) value(row, "o");
        assertThat(((List<?>) value(nested, "x")).get(0)).isEqualTo(1L);
        assertThat((BigDecimal) nested.get("n")).isEqualByComparingTo("12345678901234567.125");
    }

    /** Null and absence lose nothing else of the record. */
    @Test
    default void nullAndMissingFieldsLeaveTheRest(@TempDir Path directory) {
        assertThat(roundTrip(directory, "{\"id\":1,\"a\":null,\"b\":2}")).isEqualTo(Map.of("id", 1L, "b", 2L));
    }

    /** Fields may appear, vanish and change their type from commit to commit. */
    @Test
    default void newFieldsAndChangedTypesKeepEveryValue(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1,\"v\":1}");
            run.load("all", WriteMode.APPEND, 2, "c2", "{\"id\":2,\"v\":2.5,\"new\":\"x\"}");
            run.load("all", WriteMode.APPEND, 3, "c3", "{\"id\":3,\"v\":\"2\"}", "{\"id\":4,\"v\":[7]}");
            run.load("all", WriteMode.APPEND, 4, "c4", "{\"id\":5,\"new\":false}", "{\"id\":6,\"v\":9007199254740993}");
        }
        Map<Long, Map<String, Object>> rows = new HashMap<>();
        visible(directory, stream()).forEach(row -> rows.put((Long) row.get("id"), row));
        assertThat(new BigDecimal(value(rows, 1L, "v").toString())).isEqualByComparingTo("1");
        assertThat((BigDecimal) value(rows, 2L, "v")).isEqualByComparingTo("2.5");
        assertThat(value(rows, 2L, "new")).isEqualTo("x");
        assertThat(value(rows, 3L, "v")).isEqualTo("2");
        assertThat(value(rows, 4L, "v")).isEqualTo(List.of(7L));
        assertThat(value(rows, 5L, "new")).isEqualTo(false);
        assertThat(value(rows, 6L, "v")).isEqualTo(9007199254740993L);
    }

    /** Names that differ in case only, that are words of a query language, or that hold quotes. */
    @Test
    default void everyFieldNameIsTaken(@TempDir Path directory) {
        String line =
                "{\"id\":1,\"Name\":2,\"name\":3,\"NAME\":4,\"select\":5,\"a'b\\\"c;--\":6,\"ü\":7,\"\":8,\"rowid\":9}";
        assertThat(roundTrip(directory, line).values()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    }

    /** A record need not be an object. */
    @Test
    default void recordsThatAreNotObjectsAreKept(@TempDir Path directory) {
        try (SinkRun run = run(directory)) {
            run.load("all", WriteMode.APPEND, 1, "c1", "5", "\"x\"", "[1]");
            assertThat(await(run.sink().rows(stream().id()))).isEqualTo(3L);
        }
    }

    /** More than fits into any one buffer. */
    @Test
    default void aMillionBytesInOneRecordAndManyRecordsInOnePage(@TempDir Path directory) {
        String[] lines = IntStream.range(0, 5_000)
                .mapToObj(i -> "{\"id\":" + i + ",\"t\":\"" + "x".repeat(i == 77 ? 1 << 20 : i % 300) + "\"}")
                .toArray(String[]::new);
        try (SinkRun run = run(directory)) {
            run.load("all", WriteMode.APPEND, 1, "c1", lines);
        }
        List<Map<String, Object>> rows = visible(directory, stream());
        assertThat(rows).hasSize(5_000);
        assertThat(rows).allSatisfy(row -> assertThat((String) row.get("t")).hasSize(size((Long) value(row, "id"))));
    }

    private static int size(long id) {
        return id == 77 ? 1 << 20 : (int) (id % 300);
    }

    private static Object value(Map<?, ?> row, Object field) {
        return Objects.requireNonNull(row.get(field), () -> field + " is missing in " + row);
    }

    private static Object value(Map<Long, Map<String, Object>> rows, long id, String field) {
        return value((Map<?, ?>) value(rows, id), field);
    }

    private Map<String, Object> roundTrip(Path directory, String line) {
        try (SinkRun run = run(directory)) {
            run.load("all", WriteMode.APPEND, 1, "c1", line);
        }
        List<Map<String, Object>> rows = visible(directory, stream());
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }
}
