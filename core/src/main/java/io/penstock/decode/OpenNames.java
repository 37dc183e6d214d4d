package io.penstock.decode;

import java.util.Arrays;

/**
 * Rare names of the objects that are open, as hashes, so that a doubled one is seen without keeping any name.
 *
 * <p>Names leave in the reverse order of their coming, which is what lets linear probing forget them without tombstones. Two
 * different names may be taken for the same; the rewriter looks closer. The same name is never taken for two.
 */
final class OpenNames {

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
