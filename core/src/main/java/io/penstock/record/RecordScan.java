package io.penstock.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the values of several top-level fields in records that are already validated, in one pass and without building anything.
 *
 * <p>It relies on what {@link RecordBytes} promises: valid JSON, no doubled names, a line feed behind each record. Records of one
 * stream mostly have their fields in the same order, so that each name is compared with the expected one first. For one thread.
 */
public final class RecordScan {

    private final byte[][] names;
    private final Map<String, Integer> positions = new HashMap<>();
    private final int[] starts;
    private final int[] ends;
    private int expected;

    private RecordScan(List<String> fields) {
        this.names = new byte[fields.size()][];
        for (int i = 0; i < names.length; i++) {
            names[i] = fields.get(i).getBytes(StandardCharsets.UTF_8);
            positions.put(fields.get(i), i);
        }
        this.starts = new int[names.length];
        this.ends = new int[names.length];
    }

    /** Looks for {@code fields}, which are numbered as they come. */
    public static RecordScan of(List<String> fields) {
        return new RecordScan(fields);
    }

    /** Whether the last record had field number {@code i}, with a value that is not null. */
    public boolean has(int i) {
        return starts[i] >= 0;
    }

    /** Where the value of field number {@code i} starts; a string includes its quotes. */
    public int start(int i) {
        return starts[i];
    }

    /** Where it ends, exclusive. */
    public int end(int i) {
        return ends[i];
    }

    /**
     * Looks through the record that starts at {@code from}.
     *
     * @return whether it is an object; any other record has no field
     */
    public boolean scan(byte[] bytes, int from) {
        Arrays.fill(starts, -1);
        expected = 0;
        int at = FieldScan.skipBlank(bytes, from);
        if (bytes[at] != '{') {
            return false;
        }
        at = FieldScan.skipBlank(bytes, at + 1);
        while (bytes[at] == '"') {
            int nameEnd = FieldScan.endOfText(bytes, at + 1);
            int field = position(bytes, at + 1, nameEnd);
            int value = FieldScan.skipBlank(bytes, FieldScan.skipBlank(bytes, nameEnd + 1) + 1);
            int valueEnd = FieldScan.endOfValue(bytes, value);
            if (field >= 0 && bytes[value] != 'n') {
                starts[field] = value;
                ends[field] = valueEnd;
            }
            at = FieldScan.skipBlank(bytes, valueEnd);
            at = bytes[at] == ',' ? FieldScan.skipBlank(bytes, at + 1) : at;
        }
        return true;
    }

    private int position(byte[] bytes, int from, int to) {
        boolean asExpected =
                expected < names.length && Arrays.equals(bytes, from, to, names[expected], 0, names[expected].length);
        int field = asExpected ? expected : positions.getOrDefault(Escapes.undo(bytes, from, to), -1);
        expected = field >= 0 ? field + 1 : expected;
        return field;
    }
}
