package io.penstock.decode.format;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.penstock.decode.Decoded;
import io.penstock.record.Pointer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The decoder of pieces against a parser of whole documents. */
public final class WholeCsv {

    private WholeCsv() {}

    /** What the decoder takes of {@code document} is what the other finds there. */
    public static void judge(byte[] document) {
        Decoded ours = Decoded.whole(Format.csv().decoder(Pointer.ROOT, Set.of()), document.clone());
        if (!ours.failed()) {
            assertThat(ours.lines().stream().map(line -> line.replace(":\"\"", ":null")))
                    .containsExactlyElementsOf(expected(parsed(document)));
        }
    }

    private static List<List<String>> parsed(byte[] document) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString()
                    .replaceFirst("^\\uFEFF", "");
            List<List<String>> rows = new ArrayList<>();
            for (CsvRecord row : CsvReader.builder().ofCsvRecord(text)) {
                List<String> fields = new ArrayList<>(row.getFields());
                rows.add(fields);
            }
            return rows;
        } catch (CharacterCodingException | CsvParseException wrong) {
            throw new AssertionError("a document that no parser takes was read", wrong);
        }
    }

    /** Empty texts and nulls look alike to the parser of whole documents. */
    static List<String> expected(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            JsonText line = new JsonText(1 << 20);
            for (int c = 0; c < row.size(); c++) {
                line.mark(c == 0 ? '{' : ',');
                line.text(rows.get(0).get(c));
                line.mark(':');
                if (row.get(c).isEmpty()) {
                    line.nothing();
                } else {
                    line.text(row.get(c));
                }
            }
            line.mark('}');
            lines.add(new String(line.take(), StandardCharsets.UTF_8));
        }
        return lines;
    }
}
