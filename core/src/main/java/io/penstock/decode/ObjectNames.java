package io.penstock.decode;

import java.util.Arrays;

/**
 * Reads the names of the objects in a record and sees the doubled ones.
 *
 * <p>Each known name remembers the object that had it last. An object inside another may overwrite that; what it overwrote is
 * put back when it ends. Names beyond the first few thousand are remembered by their hashes only.
 */
final class ObjectNames {

    private static final int MOST_KNOWN = 4096;
    private static final int STEP = 4;

    private final NameScan scan;
    private final FieldTable fields;
    private final OpenNames rare = new OpenNames();
    private int[] overwritten = new int[16];
    private int overwrites;
    private int[] outer = new int[8 * STEP];
    private int depth;
    private int objects;
    private int objectsBeforeRecord;
    private int object;
    private int count;
    private int name;
    private int oddities;

    ObjectNames(NameScan scan, FieldTable fields) {
        this.scan = scan;
        this.fields = fields;
    }

    /** The number of the name read last; 0 if it has none. */
    int name() {
        return name;
    }

    /** How many names the innermost object has had. */
    int count() {
        return count;
    }

    /** What the name read last makes of its record, as flags of {@link Found}. */
    int oddities() {
        return oddities;
    }

    boolean escaped() {
        return oddities != 0 && scan.escaped();
    }

    /** A record starts. */
    void record() {
        if (objects > Integer.MAX_VALUE / 2) {
            objects = 0;
            fields.forgetObjects();
        }
        objectsBeforeRecord = objects;
    }

    /** An object of the record starts. */
    void enter() {
        if (depth == outer.length) {
            outer = Arrays.copyOf(outer, 2 * depth);
        }
        outer[depth] = object;
        outer[depth + 1] = count;
        outer[depth + 2] = overwrites;
        outer[depth + 3] = rare.size();
        depth += STEP;
        object = ++objects;
        count = 0;
    }

    /** The innermost object ends. */
    void leave() {
        depth -= STEP;
        object = outer[depth];
        count = outer[depth + 1];
        while (overwrites > outer[depth + 2]) {
            overwrites -= 2;
            fields.lastObject(overwritten[overwrites], overwritten[overwrites + 1]);
        }
        rare.drop(outer[depth + 3]);
    }

    /** The index of the closing quote of a name that is not in a record, or -1 if the bytes ran out before. */
    int skip(byte[] bytes, int from, int to) {
        int close = scan.close(bytes, from, to);
        oddities = scan.escaped() ? Found.DOUBLED : 0;
        return close;
    }

    /**
     * The index of the closing quote, or -1 if the bytes ran out before.
     *
     * @param top whether the object is the record itself, so that its names must be known exactly
     */
    int read(byte[] bytes, int from, int to, boolean top) {
        name = fields.guess(bytes, from, to);
        oddities = 0;
        if (name != 0) {
            note();
            return from + fields.length(name);
        }
        int close = scan.close(bytes, from, to);
        if (close >= 0) {
            name = fields.find(bytes, from, close, scan.hash(), top ? Integer.MAX_VALUE : MOST_KNOWN);
            noteScanned();
        }
        return close;
    }

    private void noteScanned() {
        if (name != 0) {
            note();
        } else {
            count++;
            oddities |= rare.add(scan.hash(), object) ? 0 : Found.DOUBLED;
        }
        if (scan.escaped()) {
            oddities |= scan.lone() ? Found.DOUBLED | Found.HALF_PAIR : Found.DOUBLED; // its bytes do not tell the name
        }
    }

    private void note() {
        count++;
        int before = fields.lastObject(name);
        fields.lastObject(name, object);
        if (before > objectsBeforeRecord) {
            overwritten(before);
        }
    }

    private void overwritten(int before) {
        if (before == object) {
            oddities |= Found.DOUBLED;
            return;
        }
        if (overwrites == overwritten.length) {
            overwritten = Arrays.copyOf(overwritten, 2 * overwrites);
        }
        overwritten[overwrites++] = name;
        overwritten[overwrites++] = before;
    }

    /**
     * Rare names of the objects that are open, as hashes, so that a doubled one is seen without keeping any name.
     *
     * <p>Names leave in the reverse order of their coming, which is what lets linear probing forget them without tombstones. Two
     * different names may be taken for the same; the rewriter looks closer. The same name is never taken for two.
     */
    private static final class OpenNames {

        private long[] table = new long[0];
        private int[] slots = new int[0];
        private int size;

        /** How many names are held. */
        int size() {
            return size;
        }

        /** Adds a name of the object with that number; false if the object has it already. */
        boolean add(long hash, int object) {
            if (size == slots.length) {
                grow();
            }
            long key = (hash ^ object * 0xC2B2AE3D27D4EB4FL) | 1;
            int mask = table.length - 1;
            int slot = (int) (key >>> 20) & mask;
            while (table[slot] != 0) {
                if (table[slot] == key) {
                    return false;
                }
                slot = slot + 1 & mask;
            }
            table[slot] = key;
            slots[size++] = slot;
            return true;
        }

        /** Forgets the names that came after the first {@code mark}. */
        void drop(int mark) {
            while (size > mark) {
                table[slots[--size]] = 0;
            }
        }

        private void grow() {
            long[] old = table;
            table = new long[Math.max(64, 2 * old.length)];
            int mask = table.length - 1;
            for (int i = 0; i < size; i++) {
                long key = old[slots[i]];
                int slot = (int) (key >>> 20) & mask;
                while (table[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                table[slot] = key;
                slots[i] = slot;
            }
            slots = Arrays.copyOf(slots, table.length / 2);
        }
    }
}
