package io.penstock.decode.format;

import java.util.HashSet;
import java.util.List;

/**
 * How a CSV document (RFC 4180) is written.
 *
 * <p>Values are taken as the text they are: no number and no date is guessed. A field with nothing in it is null, one with
 * empty quotes is the empty text.
 *
 * @param separator what stands between fields; ASCII
 * @param quote what stands around fields that hold separators, line breaks or quotes, which are doubled there; ASCII
 * @param columns names for the fields; empty to take them from the first row
 * @param header whether the first row names the columns; with {@code columns} given, it is passed over
 */
public record CsvLayout(char separator, char quote, List<String> columns, boolean header) {

    /** Commas, double quotes, and names in the first row. */
    public static final CsvLayout DEFAULT = new CsvLayout(',', '"', List.of(), true);

    /**
     * Judges all together.
     *
     * @throws IllegalArgumentException naming what does not fit
     */
    public CsvLayout {
        columns = List.copyOf(columns);
        if (!mark(separator) || !mark(quote) || separator == quote) {
            throw new IllegalArgumentException(
                    "separator and quote must be two different ASCII marks, no letter, digit or line break");
        }
        if (!header && columns.isEmpty()) {
            throw new IllegalArgumentException("a document without a header row needs columns: name them");
        }
        if (new HashSet<>(columns).size() < columns.size() || columns.contains("")) {
            throw new IllegalArgumentException("columns must have different names, none of them empty");
        }
    }

    private static boolean mark(char c) {
        return c < 0x80 && c != '\n' && c != '\r' && c != 0 && !Character.isLetterOrDigit(c);
    }
}
