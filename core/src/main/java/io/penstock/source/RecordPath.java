package io.penstock.source;

import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoders;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.record.FieldScan;
import io.penstock.record.Pointer;
import io.penstock.record.RecordBytes;
import java.util.List;

/**
 * Where the records of a document are: a JSON Pointer to an array, and possibly a way further down inside each element, written
 * with one star, such as {@code /data/products/edges/*}{@code /node}.
 *
 * @param array where the array is
 * @param inside the names from an element down to the record; empty when the elements are the records
 */
public record RecordPath(Pointer array, List<String> inside) {

    private static final String EACH = "*";

    /** Copies. */
    public RecordPath {
        inside = List.copyOf(inside);
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is no JSON Pointer, or its star stands at the end or is not the only one
     */
    public static RecordPath of(String text) {
        List<String> segments = Pointer.of(text).segments();
        int star = segments.indexOf(EACH);
        if (star < 0) {
            return new RecordPath(new Pointer(segments), List.of());
        }
        List<String> inside = segments.subList(star + 1, segments.size());
        if (inside.isEmpty() || inside.contains(EACH)) {
            throw new IllegalArgumentException("one '*' may stand for each element of an array, with a name behind it, "
                    + "such as /data/edges/*/node, but was " + text);
        }
        return new RecordPath(new Pointer(segments.subList(0, star)), inside);
    }

    /**
     * The records inside the elements that were found at {@link #array}; an element without one, or with null, has none.
     *
     * @throws UnexpectedContent if no element has one
     */
    public RecordBytes within(RecordBytes elements) {
        RecordBytes records = elements;
        for (String name : inside) {
            records = step(records, name);
        }
        return records;
    }

    private RecordBytes step(RecordBytes elements, String name) {
        FieldScan field = FieldScan.of(name);
        byte[] lines = new byte[(int) elements.byteCount()];
        int length = 0;
        boolean found = elements.size() == 0;
        for (int i = 0; i < elements.size(); i++) {
            if (field.findAny(elements, i)) {
                found = true;
                int size = field.end() - field.start();
                if (elements.array()[field.start()] != 'n') {
                    System.arraycopy(elements.array(), field.start(), lines, length, size);
                    lines[length + size] = '\n';
                    length += size + 1;
                }
            }
        }
        if (!found) {
            throw new UnexpectedContent("expected a record under '" + name + "' in each element of '" + array
                    + "', found " + elements.shape().fields().keySet() + ": correct the path of the records");
        }
        return length == 0
                ? RecordBytes.EMPTY
                : Decoders.ndjson(DecodeLimits.DEFAULT).decode(java.util.Arrays.copyOf(lines, length), true);
    }
}
