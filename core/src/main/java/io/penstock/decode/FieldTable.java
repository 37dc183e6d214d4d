package io.penstock.decode;

import io.penstock.record.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The top-level fields of the records of a document and the kinds of value they have had.
 *
 * <p>Records tend to have the same fields in the same order, so the field after the last one is tried first.
 */
final class FieldTable {

    /** Takes the kinds of values that are not top-level fields; never shown. */
    static final int ELSEWHERE = 0;

    private static final int KINDS = Shape.NULL
            | Shape.BOOLEAN
            | Shape.LONG
            | Shape.BIG_INTEGER
            | Shape.DECIMAL
            | Shape.TEXT
            | Shape.OBJECT
            | Shape.ARRAY;

    private int[] kinds = new int[32];
    private int[] shown = new int[32];
    private long[] hashes = new long[32];
    private int[] lengths = new int[32];
    private byte[][] names = new byte[32][];
    private int[] lastRecord = new int[32];
    private int[] table = new int[64];
    private int size = 1;
    private int recent;
    private int record;
    private boolean otherRecords;
    private @Nullable Shape shape;

    /** A record starts; {@code object} if it is one. */
    void record(boolean object) {
        record++;
        recent = 0;
        if (!object && !otherRecords) {
            otherRecords = true;
            shape = null;
        }
    }

    /** Notes the kind of a value of a field. */
    void kind(int field, int kind) {
        kinds[field] |= kind;
    }

    /** How many fields are known. */
    int size() {
        return size - 1;
    }

    /** The field with the name in {@code bytes}; positive if the record has it for the first time, else negated. */
    int field(byte[] bytes, int from, int to, long hash) {
        int guess = recent + 1;
        int field = guess < size && same(guess, bytes, from, to, hash) ? guess : find(bytes, from, to, hash);
        recent = field;
        if (lastRecord[field] == record) {
            return -field;
        }
        lastRecord[field] = record;
        return field;
    }

    private boolean same(int field, byte[] bytes, int from, int to, long hash) {
        int length = to - from;
        return hashes[field] == hash
                && lengths[field] == length
                && (length < 8 || Words.equal(names[field], bytes, from)); // see NameScan.hash
    }

    private int find(byte[] bytes, int from, int to, long hash) {
        int mask = table.length - 1;
        int slot = (int) (hash >>> 20) & mask;
        while (table[slot] != 0) {
            if (same(table[slot], bytes, from, to, hash)) {
                return table[slot];
            }
            slot = slot + 1 & mask;
        }
        return add(Arrays.copyOfRange(bytes, from, to), hash);
    }

    private int add(byte[] name, long hash) {
        if (size == hashes.length) {
            grow();
        }
        names[size] = name;
        lengths[size] = name.length;
        hashes[size] = hash;
        enter(size);
        return size++;
    }

    private void enter(int field) {
        int mask = table.length - 1;
        int slot = (int) (hashes[field] >>> 20) & mask;
        while (table[slot] != 0) {
            slot = slot + 1 & mask;
        }
        table[slot] = field;
    }

    private void grow() {
        int length = 2 * hashes.length;
        kinds = Arrays.copyOf(kinds, length);
        shown = Arrays.copyOf(shown, length);
        hashes = Arrays.copyOf(hashes, length);
        names = Arrays.copyOf(names, length);
        lengths = Arrays.copyOf(lengths, length);
        lastRecord = Arrays.copyOf(lastRecord, length);
        table = new int[2 * length];
        for (int field = 1; field < size; field++) {
            enter(field);
        }
    }

    /** What was seen so far; the same instance as long as nothing new was. */
    Shape shape() {
        Shape known = shape;
        if (known != null && Arrays.equals(kinds, 1, size, shown, 1, size)) {
            return known;
        }
        Map<String, Integer> fields = new LinkedHashMap<>(2 * size);
        if (otherRecords) {
            fields.put("", Shape.NOT_AN_OBJECT);
        }
        for (int field = 1; field < size; field++) {
            fields.merge(Texts.decoded(names[field], 0, names[field].length), kinds[field] & KINDS, (a, b) -> a | b);
        }
        System.arraycopy(kinds, 0, shown, 0, size);
        Shape fresh = new Shape(fields);
        shape = fresh;
        return fresh;
    }
}
