package io.penstock.sinks.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.Resume;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of records in CSV. */
final class CsvFormatTest {

    private static final StreamInfo CUSTOMERS = StreamInfo.of(StreamId.of("shop", "customers"));

    @TempDir
    Path directory;

    private List<String> parts(StreamInfo stream, String[]... commits) {
        try (SinkRun run = SinkRun.of(Parts.open(new CsvProvider(), directory, Map.of()), stream)) {
            for (int i = 0; i < commits.length; i++) {
                run.load("all", WriteMode.APPEND, i + 1, "c", commits[i]);
            }
        }
        return Parts.names(directory).stream()
                .map(name -> Parts.text(directory.resolve(name)))
                .toList();
    }

    private List<String> parts(String... lines) {
        return parts(CUSTOMERS, lines);
    }

    @Test
    void nullAndMissingAreEmptyCellsAndAnEmptyTextIsQuoted() {
        assertThat(parts("{\"a\":1,\"b\":\"\",\"c\":null}", "{\"b\":\"x\"}"))
                .containsExactly("a,b,c\r\n1,\"\",\r\n,x,\r\n");
    }

    @Test
    void objectsAndArraysAreTheirJsonToTheLastDigit() {
        assertThat(parts("{\"o\":{\"x\":[1,{\"y\":null}],\"n\":12345678901234567.125},\"a\":[\"q\",true]}"))
                .containsExactly(
                        "o,a\r\n\"{\"\"x\"\":[1,{\"\"y\"\":null}],\"\"n\"\":12345678901234567.125}\",\"[\"\"q\"\",true]\"\r\n");
    }

    @Test
    void numbersStayAsTheyAreWritten() {
        assertThat(parts("{\"a\":1e-400,\"b\":0.10,\"c\":123456789012345678901234567890,\"t\":true}"))
                .containsExactly("a,b,c,t\r\n1e-400,0.10,123456789012345678901234567890,true\r\n");
    }

    @Test
    void textsMayHoldWhatSeparatesCells() {
        assertThat(parts("{\"a\":\"x,y\",\"b\":\"q\\\"q\",\"c\":\"1\\n2\",\"d\":\"日本 🎈\"}"))
                .containsExactly("a,b,c,d\r\n\"x,y\",\"q\"\"q\",\"1\n2\",日本 🎈\r\n");
    }

    @Test
    void aNewFieldBeginsAPartWithANewHeader() {
        assertThat(parts(CUSTOMERS, new String[] {"{\"a\":1}"}, new String[] {"{\"b\":2}"}, new String[] {"{\"a\":3}"}))
                .containsExactly("a\r\n1\r\n", "a,b\r\n,2\r\n", "a,b\r\n3,\r\n");
    }

    @Test
    void theSchemaGivesTheFirstHeader() {
        StreamInfo known = new StreamInfo(
                CUSTOMERS.id(),
                Optional.of("{\"properties\":{\"z\":{\"type\":\"string\"},\"a\":{\"type\":\"integer\"}}}"),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Resume.NONE);
        assertThat(parts(known, new String[] {"{\"more\":1,\"a\":2}"})).containsExactly("z,a,more\r\n,2,1\r\n");
    }

    @Test
    void recordsThatAreNotObjectsAreKept() {
        assertThat(parts("5", "\"x\"", "[1, 2]", "{\"value\":7}"))
                .containsExactly("value\r\n5\r\n\"\"\"x\"\"\"\r\n\"[1, 2]\"\r\n7\r\n");
    }
}
