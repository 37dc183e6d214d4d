package io.penstock.decode;

import io.penstock.record.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names that records use, each with a number, and the kinds of value that the top-level ones have had.
 *
 * <p>Names tend to follow each other as they did before, so the one that came behind the last one is tried first, without
 * looking for the end of the name or taking a hash.
 */
final class FieldTable {

    /** Takes the kinds of values that are not top-level fields; no name has this number. */
    static final int ELSEWHERE = 0;

    private static final int UNGUESSABLE = Integer.MAX_VALUE;

    private int[] kinds = new int[32];
    private int[] order = new int[16];
    private int[] lengths = new int[32];
    private int[] next = new int[32];
    private int[] lastObject = new int[32];
    private long[] hashes = new long[32];
    private long[] heads = new long[32];
    private byte[][] names = new byte[32][];
    private int[] table = new int[64];
    private int size = 1;
    private int fields;
    private int recent;
    private boolean changed;
    private boolean otherRecords;
    private Shape shape = Shape.EMPTY;

    /** Names and kinds of the shape made last, in pairs. */
    private int[] last = new int[0];

    private boolean lastOther;
    private Shape lastShape = Shape.EMPTY;

    FieldTable() {
        kinds[ELSEWHERE] = -1; // has them all, so that nothing is ever new there
        lengths[0] = UNGUESSABLE;
    }

    /** A record that is no object. */
    void otherRecord() {
        changed |= !otherRecords;
        otherRecords = true;
    }

    /** How many names are known. */
    int size() {
        return size - 1;
    }

    /** How many bytes a name has. */
    int length(int name) {
        return lengths[name];
    }

    /** The object that had the name last. */
    int lastObject(int name) {
        return lastObject[name];
    }

    void lastObject(int name, int object) {
        lastObject[name] = object;
    }

    void forgetObjects() {
        Arrays.fill(lastObject, 0);
    }

    /** Notes the kind of a value of a top-level field. */
    void kind(int name, int kind) {
        if ((kinds[name] | kind) != kinds[name]) {
            if (kinds[name] == 0) {
                order = fields == order.length ? Arrays.copyOf(order, 2 * fields) : order;
                order[fields++] = name;
            }
            kinds[name] |= kind;
            changed = true;
        }
    }

    /** The name that is expected at {@code at}, if it stands there with its closing quote; else 0. */
    int guess(byte[] bytes, int at, int to) {
        int name = next[recent];
        int length = lengths[name];
        if (to - at - 8 < length) {
            return 0;
        }
        boolean same = length < 8
                ? (Words.at(bytes, at) << (8 * (7 - length))) == heads[name]
                : Words.at(bytes, at) == heads[name] && Words.equal(names[name], bytes, at);
        if (!same || bytes[at + length] != '"') {
            return 0;
        }
        recent = name;
        return name;
    }

    /**
     * The number of the name that stands between {@code from} and {@code to}; a new one if it is not known.
     *
     * @param most how many names may be known before a new one gets none: then 0
     */
    int find(byte[] bytes, int from, int to, long hash, int most) {
        int mask = table.length - 1;
        int slot = (int) (hash >>> 20) & mask;
        while (table[slot] != 0 && !same(table[slot], bytes, from, to, hash)) {
            slot = slot + 1 & mask;
        }
        int name = table[slot];
        if (name == 0) {
            if (size > most) {
                return 0;
            }
            name = add(Arrays.copyOfRange(bytes, from, to), hash);
        }
        next[recent] = name;
        recent = name;
        return name;
    }

    private boolean same(int name, byte[] bytes, int from, int to, long hash) {
        int length = to - from;
        return hashes[name] == hash
                && names[name].length == length
                && (length < 8 || Words.equal(names[name], bytes, from)); // see NameScan.hash
    }

    private int add(byte[] name, long hash) {
        if (size == hashes.length) {
            grow();
        }
        names[size] = name;
        hashes[size] = hash;
        lengths[size] = guessable(name) ? name.length : UNGUESSABLE;
        heads[size] = head(name);
        enter(size);
        return size++;
    }

    /** A name with an escape needs its flags each time. */
    private static boolean guessable(byte[] name) {
        for (byte b : name) {
            if (b == '\\') {
                return false;
            }
        }
        return true;
    }

    /** The first eight bytes; of a shorter name all bytes and the quote, moved up as {@link #guess} does. */
    private static long head(byte[] name) {
        byte[] bytes = Arrays.copyOf(name, Math.max(8, name.length));
        if (name.length < 8) {
            bytes[name.length] = '"';
        }
        return name.length < 8 ? Words.at(bytes, 0) << (8 * (7 - name.length)) : Words.at(bytes, 0);
    }

    private void enter(int name) {
        int mask = table.length - 1;
        int slot = (int) (hashes[name] >>> 20) & mask;
        while (table[slot] != 0) {
            slot = slot + 1 & mask;
        }
        table[slot] = name;
    }

    private void grow() {
        int length = 2 * hashes.length;
        kinds = Arrays.copyOf(kinds, length);
        lengths = Arrays.copyOf(lengths, length);
        next = Arrays.copyOf(next, length);
        lastObject = Arrays.copyOf(lastObject, length);
        hashes = Arrays.copyOf(hashes, length);
        heads = Arrays.copyOf(heads, length);
        names = Arrays.copyOf(names, length);
        table = new int[2 * length];
        for (int name = 1; name < size; name++) {
            enter(name);
        }
    }

    /** Another document begins: names are known, but none has been seen. */
    void reset() {
        for (int i = 0; i < fields; i++) {
            kinds[order[i]] = 0;
        }
        fields = 0;
        otherRecords = false;
        changed = false;
        shape = Shape.EMPTY;
    }

    /** What was seen so far in this document; the same instance as long as nothing new was, from document to document too. */
    Shape shape() {
        if (changed) {
            changed = false;
            shape = likeLast() ? lastShape : newShape();
        }
        return shape;
    }

    private boolean likeLast() {
        boolean like = fields == last.length / 2 && otherRecords == lastOther;
        for (int i = 0; like && i < fields; i++) {
            like = last[2 * i] == order[i] && last[2 * i + 1] == kinds[order[i]];
        }
        return like;
    }

    private Shape newShape() {
        Map<String, Integer> seen = new LinkedHashMap<>(2 * fields);
        if (otherRecords) {
            seen.put("", Shape.NOT_AN_OBJECT);
        }
        last = new int[2 * fields];
        lastOther = otherRecords;
        for (int i = 0; i < fields; i++) {
            byte[] name = names[order[i]];
            seen.merge(Texts.decoded(name, 0, name.length), kinds[order[i]], (a, b) -> a | b);
            last[2 * i] = order[i];
            last[2 * i + 1] = kinds[order[i]];
        }
        lastShape = new Shape(seen);
        return lastShape;
    }
}
