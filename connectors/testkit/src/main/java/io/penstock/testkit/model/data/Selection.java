package io.penstock.testkit.model.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The records of one stream at one revision that a filter lets through, in the order of their indexes.
 *
 * <p>Knows how many of them lie before each block of 256 records, so that finding the n-th, and skipping what does not
 * match, costs one block at most. Immutable and safe for concurrent use.
 */
public final class Selection {

    private static final int BLOCK = 256;

    private final Filter filter;
    private final int born;
    private final int @Nullable [] before;

    private Selection(Filter filter, int born, int @Nullable [] before) {
        this.filter = filter;
        this.born = born;
        this.before = before;
    }

    /** Every record born, without looking at any. */
    static Selection all(int born) {
        return new Selection(Filter.NONE, born, null);
    }

    /** Looks at every record once, about 10 ns each: not for an event loop. */
    static Selection scan(RecordReader reader, Filter filter) {
        int born = reader.born();
        int[] before = new int[(born + BLOCK - 1) / BLOCK + 1];
        int found = 0;
        for (int index = 0; index < born; index++) {
            if (index % BLOCK == 0) {
                before[index / BLOCK] = found;
            }
            reader.load(index);
            found += reader.matches(filter) ? 1 : 0;
        }
        before[before.length - 1] = found;
        return new Selection(filter, born, before);
    }

    /** How many records there are. */
    public int total() {
        return before == null ? born : before[before.length - 1];
    }

    /**
     * Loads the first record at or after {@code index}.
     *
     * @return its index, or -1 if there is none
     */
    public int next(int index, RecordReader reader) {
        for (int at = index; at < born; at++) {
            at = skip(at);
            if (at >= born) {
                return -1;
            }
            reader.load(at);
            if (before == null || reader.matches(filter)) {
                return at;
            }
        }
        return -1;
    }

    /**
     * Loads the record at {@code position}.
     *
     * @param position from 0; as large as you like
     * @return its index, or -1 if there are not that many
     */
    public int at(long position, RecordReader reader) {
        if (position >= total()) {
            return -1;
        }
        if (before == null) {
            return next((int) position, reader);
        }
        int block = blockOf((int) position, before);
        int index = next(block * BLOCK, reader);
        for (int skipped = before[block]; skipped < position; skipped++) {
            index = next(index + 1, reader);
        }
        return index;
    }

    /** The last block that begins at or before {@code position} and is not empty. */
    private static int blockOf(int position, int[] before) {
        int found = Arrays.binarySearch(before, position + 1);
        int firstBeyond = found < 0 ? -found - 1 : found;
        while (before[firstBeyond - 1] > position) {
            firstBeyond--; // equal counts: the search may land on any of them
        }
        return firstBeyond - 1;
    }

    private int skip(int index) {
        if (before == null || index % BLOCK != 0) {
            return index;
        }
        int block = index / BLOCK;
        while (block < before.length - 1 && before[block] == before[block + 1]) {
            block++;
        }
        return block * BLOCK;
    }
}
