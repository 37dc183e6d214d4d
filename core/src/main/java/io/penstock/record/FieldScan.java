package io.penstock.record;

import java.nio.charset.StandardCharsets;

/**
 * Finds one top-level field in records that are already validated, without building anything.
 *
 * <p>It relies on what {@link RecordBytes} promises: valid JSON, no doubled names. A name that a record writes with escapes is
 * not found. For one thread at a time.
 */
public final class FieldScan {

    private final byte[] name;
    private int start;
    private int end;

    private FieldScan(byte[] name) {
        this.name = name;
    }

    /** Looks for the top-level field {@code name}. */
    public static FieldScan of(String name) {
        return new FieldScan(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Looks into record {@code i}.
     *
     * @return whether it has the field with a string, a number or a boolean in it; then {@link #start} and {@link #end} hold its
     *     bounds, those of a string without the quotes
     */
    public boolean find(RecordBytes records, int i) {
        return seek(records, i) && trim(records.array());
    }

    /** As {@link #find}, for a value of any kind, null included; a string keeps its quotes. */
    public boolean findAny(RecordBytes records, int i) {
        return seek(records, i);
    }

    private boolean seek(RecordBytes records, int i) {
        byte[] bytes = records.array();
        int at = skipBlank(bytes, records.start(i));
        if (bytes[at] != '{') {
            return false;
        }
        at = skipBlank(bytes, at + 1);
        while (bytes[at] == '"') {
            int nameEnd = endOfText(bytes, at + 1);
            boolean wanted = matches(bytes, at + 1, nameEnd);
            int value = skipBlank(bytes, skipBlank(bytes, nameEnd + 1) + 1);
            int valueEnd = endOfValue(bytes, value);
            if (wanted) {
                start = value;
                end = valueEnd;
                return true;
            }
            at = skipBlank(bytes, valueEnd);
            at = bytes[at] == ',' ? skipBlank(bytes, at + 1) : at;
        }
        return false;
    }

    /** Where the value that was found starts in the records' array. */
    public int start() {
        return start;
    }

    /** Where it ends, exclusive. */
    public int end() {
        return end;
    }

    /** The value found in record {@code i}, without its quotes and with escapes undone; null if there is none. */
    public @org.jspecify.annotations.Nullable String text(RecordBytes records, int i) {
        return find(records, i) ? Escapes.undo(records.array(), start, end) : null;
    }

    /** Takes the quotes off; false for what is no string, number or boolean. */
    private boolean trim(byte[] bytes) {
        byte first = bytes[start];
        if (first == '"') {
            start++;
            end--;
        }
        return first != '{' && first != '[' && first != 'n';
    }

    private boolean matches(byte[] bytes, int from, int to) {
        return java.util.Arrays.equals(bytes, from, to, name, 0, name.length);
    }

    static int skipBlank(byte[] bytes, int at) {
        int i = at;
        while (bytes[i] == ' ' || bytes[i] == '\t') {
            i++;
        }
        return i;
    }

    /** The closing quote of a string whose text starts at {@code at}. */
    static int endOfText(byte[] bytes, int at) {
        int i = at;
        while (bytes[i] != '"') {
            i += bytes[i] == '\\' ? 2 : 1;
        }
        return i;
    }

    static int endOfValue(byte[] bytes, int at) {
        return switch (bytes[at]) {
            case '"' -> endOfText(bytes, at + 1) + 1;
            case '{', '[' -> endOfNest(bytes, at);
            default -> endOfScalar(bytes, at);
        };
    }

    private static int endOfNest(byte[] bytes, int at) {
        int depth = 0;
        int i = at;
        do {
            byte b = bytes[i];
            if (b == '"') {
                i = endOfText(bytes, i + 1);
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            }
            i++;
        } while (depth > 0);
        return i;
    }

    private static int endOfScalar(byte[] bytes, int at) {
        int i = at;
        while (bytes[i] != ',' && bytes[i] != '}' && bytes[i] != ' ' && bytes[i] != '\t') {
            i++;
        }
        return i;
    }
}
