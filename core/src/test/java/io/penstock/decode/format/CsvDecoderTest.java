package io.penstock.decode.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoded;
import io.penstock.decode.Decoder;
import io.penstock.record.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of CSV, strictly: exact records or a typed failure. Budget: 20 s. */
class CsvDecoderTest {

    private static final int DOCUMENTS = 4_000;
    private static final String[] FIELDS = {
        "",
        "a",
        "b c",
        " ",
        "1",
        "007",
        "1.10",
        "ä",
        "日本",
        "😀",
        "x,y",
        "q\"q",
        "\"",
        "line\nline",
        "cr\rlf\r\n",
        "\t",
        "\0",
        "'",
        ";"
    };

    private static Decoder decoder(CsvLayout layout) {
        return Format.csv(layout).decoder(Pointer.ROOT, Set.of());
    }

    private static Decoded read(String document) {
        return Decoded.whole(decoder(CsvLayout.DEFAULT), document.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void makesAnObjectOfEachRow() {
        Decoded read = read("id,name\r\n1,\"Ann, \"\"A\"\"\"\r\n2,\n3,\"\"\n\n4,\"two\r\nlines\"");
        assertThat(read.failure()).isEmpty();
        assertThat(read.lines())
                .containsExactly(
                        "{\"id\":\"1\",\"name\":\"Ann, \\\"A\\\"\"}",
                        "{\"id\":\"2\",\"name\":null}",
                        "{\"id\":\"3\",\"name\":\"\"}",
                        "{\"id\":\"4\",\"name\":\"two\\r\\nlines\"}");
    }

    @Test
    void takesNamesFromTheSettingsWhereThereIsNoHeader() {
        CsvLayout layout = new CsvLayout(';', '\'', List.of("a", "b"), false);
        Decoded read = Decoded.whole(decoder(layout), "1;'x;y'\r2;z".getBytes(StandardCharsets.UTF_8));
        assertThat(read.lines()).containsExactly("{\"a\":\"1\",\"b\":\"x;y\"}", "{\"a\":\"2\",\"b\":\"z\"}");
    }

    @Test
    void passesOverAHeaderWhoseNamesAreGiven() {
        CsvLayout layout = new CsvLayout(',', '"', List.of("a", "b"), true);
        Decoded read = Decoded.whole(decoder(layout), "x,x\n1,2\n".getBytes(StandardCharsets.UTF_8));
        assertThat(read.lines()).containsExactly("{\"a\":\"1\",\"b\":\"2\"}");
    }

    @Test
    void aHeaderAloneIsNoRecordAndNothingAtAllIsNoDocument() {
        assertThat(read("\uFEFFid,name\r\n").lines()).isEmpty();
        assertThat(read("\uFEFFid,name\r\n").failed()).isFalse();
        assertThat(read("").failure()).startsWith("UnexpectedContent");
        assertThat(read("<html>").failure()).startsWith("UnexpectedContent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n1,x\"y\n",
                "a,b\n1,\"x\"y\n",
                "a,b\n1,\"x\n",
                "a,b\n1\n",
                "a,b\n1,2,3\n",
                "a,a\n1,2\n",
                "a,\n1,2\n",
                "a,b\n1,\" \n2,3"
            })
    void refusesWhatIsNotClean(String document) {
        assertThat(read(document).failure()).startsWith("MalformedPayload");
    }

    @Test
    void refusesBadUtf8() {
        byte[] bad = {'a', '\n', (byte) 0xC0, (byte) 0x80, '\n'};
        Decoded read = Decoded.whole(decoder(CsvLayout.DEFAULT), bad);
        assertThat(read.failure()).startsWith("MalformedPayload").contains("byte 2");
    }

    @Test
    void appliesItsLimitsToPiecesToo() {
        DecodeLimits limits = new DecodeLimits(64, 4, 8, 32, 10, 3);
        for (String document : List.of(
                "a,b\n1," + "x".repeat(65),
                "a,b\n1," + "x".repeat(33) + "\n",
                "a23456789\n1\n",
                "a,b,c,d\n1,2,3,4\n")) {
            for (int size : new int[] {1, 7, 4096}) {
                Decoder decoder = Format.csv().within(limits).decoder(Pointer.ROOT, Set.of());
                assertThat(Decoded.cut(decoder, document.getBytes(StandardCharsets.UTF_8), size)
                                .failure())
                        .as(document)
                        .startsWith("LimitExceeded");
            }
        }
    }

    @Test
    void aSmallPieceThatUnpacksToMuchIsGivenInSteps() {
        String header = "n".repeat(8000) + "," + "m".repeat(8000) + "\n";
        Decoder decoder = decoder(CsvLayout.DEFAULT);
        byte[] rows = (header + "1,2\n".repeat(1000)).getBytes(StandardCharsets.UTF_8);
        int records = 0;
        int steps = 0;
        byte[] piece = rows;
        do {
            var found = decoder.decode(piece, true);
            assertThat(found.byteCount()).isLessThan(Format.STEP + 40_000);
            records += found.size();
            steps++;
            piece = new byte[0];
        } while (decoder.pending());
        assertThat(records).isEqualTo(1000);
        assertThat(steps).isGreaterThan(10);
    }

    @Test
    void readsWhatWasWrittenHoweverItIsCut() {
        for (long seed = 0; seed < DOCUMENTS; seed++) {
            Random random = new Random(seed);
            List<List<String>> rows = rows(random);
            byte[] document = written(rows, random).getBytes(StandardCharsets.UTF_8);
            Decoded whole = Decoded.whole(decoder(CsvLayout.DEFAULT), document);
            assertThat(whole.failure()).as("seed %d", seed).isEmpty();
            assertThat(whole.lines()).as("seed %d", seed).isEqualTo(WholeCsv.expected(rows));
            for (int size : new int[] {1, 2, 7, 64}) {
                assertThat(Decoded.cut(decoder(CsvLayout.DEFAULT), document, size))
                        .as("seed %d", seed)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void agreesOnBrokenDocumentsWithAParserOfWholeOnes() {
        for (long seed = 0; seed < 2 * DOCUMENTS; seed++) {
            Random random = new Random(seed);
            byte[] document = written(rows(random), random).getBytes(StandardCharsets.UTF_8);
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                document[random.nextInt(document.length)] = (byte) "\",\n\r\0a\u00e4".charAt(random.nextInt(7));
            }
            Decoded ours = Decoded.whole(decoder(CsvLayout.DEFAULT), document.clone());
            for (int size : new int[] {1, 5}) {
                Decoded cut = Decoded.cut(decoder(CsvLayout.DEFAULT), document, size);
                assertThat(cut.lines()).as("seed %d", seed).isEqualTo(ours.lines());
                assertThat(cut.failed()).as("seed %d", seed).isEqualTo(ours.failed());
            }
            WholeCsv.judge(document);
        }
    }

    private static List<List<String>> rows(Random random) {
        int columns = 1 + random.nextInt(4);
        List<List<String>> rows = new ArrayList<>();
        rows.add(new ArrayList<>(List.of("c0", "c1", "c,2", "c\"3").subList(0, columns)));
        for (int i = random.nextInt(6); i > 0; i--) {
            String[] row = new String[columns];
            for (int c = 0; c < columns; c++) {
                row[c] = FIELDS[random.nextInt(FIELDS.length)];
            }
            row[0] = row[0].isEmpty() ? "first" : row[0];
            rows.add(Arrays.asList(row));
        }
        return rows;
    }

    private static String written(List<List<String>> rows, Random random) {
        StringBuilder text = new StringBuilder();
        String end = random.nextBoolean() ? "\r\n" : "\n";
        for (List<String> row : rows) {
            for (int c = 0; c < row.size(); c++) {
                String field = row.get(c);
                boolean quote = field.matches("(?s).*[,\"\n\r].*") || (!field.isEmpty() && random.nextInt(4) == 0);
                text.append(c == 0 ? "" : ",").append(quote ? "\"" + field.replace("\"", "\"\"") + "\"" : field);
            }
            text.append(end);
        }
        return random.nextBoolean() ? text.toString() : text.substring(0, text.length() - end.length());
    }

    @ParameterizedTest
    @CsvSource({"a,'\"'", "',','\n'", "',',','"})
    void refusesALayoutThatCannotBeRead(char separator, char quote) {
        assertThatThrownBy(() -> new CsvLayout(separator, quote, List.of(), true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAPointerIntoRows() {
        assertThatThrownBy(() -> Format.csv().decoder(Pointer.of("/items"), Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
