package io.penstock.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.record.Pointer;
import io.penstock.record.RecordBytes;
import io.penstock.record.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void recordsStayWhereTheyLieAndNeighboursAreOneRun() throws IOException {
        byte[] page = utf8("{\"items\":[{\"a\":1.10},{\"a\":1e2},7],\"next\":\"x\"}");
        RecordBytes records = Decoded.json("/items").decode(page, true);
        assertThat(records.array()).isSameAs(page);
        ByteArrayOutputStream runs = new ByteArrayOutputStream();
        int[] count = {0};
        records.runs((array, offset, length) -> {
            count[0]++;
            runs.write(array, offset, length);
        });
        assertThat(runs).hasToString("{\"a\":1.10}\n{\"a\":1e2}\n7\n");
        assertThat(count[0]).isEqualTo(1);
    }

    @Test
    void aRootObjectIsOneRecordAndGetsRoomForItsLineFeed() {
        assertThat(Decoded.of("{\"id\":1}", "").lines()).containsExactly("{\"id\":1}");
        assertThat(Decoded.of(" {\"id\":1} ", "").lines()).containsExactly("{\"id\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"items\":[]}                       | /items      | 0",
                "{\"items\":null}                     | /items      | 0",
                "{\"items\":{\"id\":1}}               | /items      | 1",
                "{\"a/b\":{\"~\":[1,2]}}              | /a~1b/~0    | 2",
                "[{\"items\":[1,2,3]},[4]]            | /0/items    | 3",
                "{\"\\u0069tems\":[1]}                | /items      | 1",
                "null                                 | ``          | 0",
                "[[1],[2]]                            | ``          | 2"
            })
    void recordsLieWhereThePointerSays(String document, String pointer, int count) {
        Decoded decoded = Decoded.of(document, pointer);
        assertThat(decoded.failure()).isEmpty();
        assertThat(decoded.lines()).hasSize(count);
    }

    @Test
    void whatIsThereInsteadOfTheRecordsIsNamed() {
        assertThat(Decoded.of("{\"data\":[1],\"has_next\":true,\"n\":null}", "/items")
                        .failure())
                .contains("no array at /items; the document has: data (array), has_next (boolean), n (null)");
        assertThat(Decoded.of("{\"data\":{\"rows\":[],\"x\":1}}", "/data/items").failure())
                .contains("no array at /data/items; /data has: rows (array), x (number)");
        assertThat(Decoded.of("{\"items\":\"x\"}", "/items").failure())
                .contains("expected an array or an object at /items, found a string");
        assertThat(Decoded.of("{}", "/items").failure()).contains("the document has no field");
    }

    @Test
    void valuesAreKeptBeforeBehindAndInsideTheRecords() {
        Decoded decoded = Decoded.of(
                "{\"a\":\"x\\u00e9\\n\",\"n\":1.50,\"items\":[{\"id\":7},{\"id\":8}],\"z\":{\"t\":true,\"o\":[1, 2]},\"no\":null}",
                "/items",
                "/a",
                "/n",
                "/items/1/id",
                "/z/t",
                "/z",
                "/z/o",
                "/no",
                "/missing");
        assertThat(decoded.values())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Pointer.of("/a"), "xé\n",
                        Pointer.of("/n"), "1.50",
                        Pointer.of("/items/1/id"), "8",
                        Pointer.of("/z/t"), "true",
                        Pointer.of("/z"), "{\"t\":true,\"o\":[1, 2]}",
                        Pointer.of("/z/o"), "[1, 2]"));
        assertThat(Decoded.of("{\"next\":\"n\",\"id\":1}", "", "/next").values())
                .containsValue("n");
    }

    @Test
    void aCaptureAroundTheRecordsIsRefused() {
        for (String capture : new String[] {"", "/data", "/data/items"}) {
            assertThatThrownBy(() -> Decoded.json("/data/items", capture)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[{\"a\":^1}]                               | {\"a\":1}",
                "[{\"a\":%[1,\t2 ]}]                        | {\"a\":[1,2]}",
                "[{\"a\" : 1}]                               | {\"a\" : 1}",
                "[{\"a\":1,\"b\":2,\"a\":3}]                 | {\"b\":2,\"a\":3}",
                "[{\"a\":{\"x\":1,\"x\":2},\"a\":{\"y\":1}}] | {\"a\":{\"y\":1}}",
                "[{\"o\":{\"x\":1,\"y\":[{\"x\":1}],\"x\":2}}] | {\"o\":{\"y\":[{\"x\":1}],\"x\":2}}",
                "[{\"a\":1,\"\\u0061\":2}]                   | {\"\\u0061\":2}",
                "[{\"\\u0061\":1,\"b\":2}]                   | {\"\\u0061\":1,\"b\":2}",
                "[\"\\ud800\"]                               | \"\uFFFD\"",
                "[\"\\udc00\\ud83d\\ude00\\ud800x\"]         | \"\uFFFD\\ud83d\\ude00\uFFFDx\"",
                "[{\"\\ud800\":1,\"\\udfff\":2}]             | {\"\uFFFD\":2}",
                "[{\"a\":\"\\n\",^\"b\":1.10}]              | {\"a\":\"\\n\",\"b\":1.10}"
            })
    void whatIsNoCanonicalLineIsRewrittenAndAllElseStays(String document, String line) {
        Decoded decoded = Decoded.of(document.replace('^', '\n').replace('%', '\r'), "");
        assertThat(decoded.failure()).isEmpty();
        assertThat(decoded.lines()).containsExactly(line);
    }

    @Test
    void rewrittenRecordsKeepTheirOrderAmongOthers() {
        assertThat(Decoded.of("[1,{\"a\":\n1},{\"b\":2},{\"c\":3,\n\"c\":4},5]", "")
                        .lines())
                .containsExactly("1", "{\"a\":1}", "{\"b\":2}", "{\"c\":4}", "5");
    }

    @Test
    void theShapeTellsFieldsAndKinds() {
        Decoded decoded = Decoded.of(
                "[{\"l\":-9223372036854775808,\"t\":\"\",\"n\":null,\"o\":{\"in\":1}},"
                        + "{\"l\":9223372036854775808,\"d\":1.0,\"e\":1e1,\"b\":true,\"r\":[],\"t\":1}]",
                "");
        assertThat(decoded.shape().fields())
                .containsExactly(
                        Map.entry("l", Shape.LONG | Shape.BIG_INTEGER),
                        Map.entry("t", Shape.TEXT | Shape.LONG),
                        Map.entry("n", Shape.NULL),
                        Map.entry("o", Shape.OBJECT),
                        Map.entry("d", Shape.DECIMAL),
                        Map.entry("e", Shape.DECIMAL),
                        Map.entry("b", Shape.BOOLEAN),
                        Map.entry("r", Shape.ARRAY));
        assertThat(Decoded.of("{\"x\":1,\"items\":[1]}", "/items").shape().fields())
                .containsExactly(Map.entry("", Shape.NOT_AN_OBJECT));
    }

    @Test
    void aKindThatComesLaterTogetherWithAKnownOneIsNotLost() {
        assertThat(Decoded.of("[{\"n\":1},{\"n\":1.5},{\"n\":12345678901234567890}]", "")
                        .shape()
                        .fields())
                .containsExactly(Map.entry("n", Shape.LONG | Shape.DECIMAL | Shape.BIG_INTEGER));
    }

    @Test
    void theShapeIsTheSameInstanceWhileNothingNewIsSeen() {
        Decoder decoder = Decoders.ndjson(DecodeLimits.DEFAULT);
        Shape first = decoder.decode(utf8("{\"a\":1}\n"), false).shape();
        Shape second = decoder.decode(utf8("{\"a\":2}\n"), false).shape();
        Shape third = decoder.decode(utf8("{\"a\":null}\n"), true).shape();
        assertThat(second).isSameAs(first);
        assertThat(third.fields()).containsExactly(Map.entry("a", Shape.LONG | Shape.NULL));
    }

    @Test
    void lineDelimitedJsonIsARecordALine() {
        assertThat(lines("{\"a\":1}\r\n\n  \n2\n\"x\"").lines()).containsExactly("{\"a\":1}", "2", "\"x\"");
        assertThat(lines("").failure()).isEmpty();
        assertThat(lines("\uFEFF1\n").lines()).containsExactly("1");
        assertThat(lines("1 2\n").failure()).contains("expected a line break");
        assertThat(lines("{\"a\":\n1}\n").failure()).contains("spread over several lines");
        assertThat(lines("{\"a\":1}\n{\"a\"").failure()).startsWith("MalformedPayload");
        assertThat(lines("<html>").failure()).startsWith("UnexpectedContent");
    }

    private static Decoded lines(String document) {
        return Decoded.whole(Decoders.ndjson(DecodeLimits.DEFAULT), utf8(document));
    }

    @Test
    void whatWasReturnedDoesNotChangeWhenMoreIsRead() {
        Decoder decoder = Decoders.json(Pointer.ROOT, Set.of(), DecodeLimits.DEFAULT);
        RecordBytes first = decoder.decode(utf8("[{\"a\":1},{\"b\""), false);
        RecordBytes second = decoder.decode(utf8(":2},{\"c\":3}]"), true);
        assertThat(first.text(0)).isEqualTo("{\"a\":1}");
        assertThat(second.text(0)).isEqualTo("{\"b\":2}");
        assertThat(second.text(1)).isEqualTo("{\"c\":3}");
    }
}
