package io.penstock.sinks.files;

import io.penstock.parts.directory.SliceState;
import io.penstock.record.Cursor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The committed part of one file.
 *
 * @param length in bytes
 * @param rows in lines
 * @param tail checksum of its last bytes, which tells our file from another one
 * @param slices where its slices stand, by key
 */
record Generation(long length, long rows, long tail, Map<String, SliceState> slices) {

    static final Generation EMPTY = new Generation(0, 0, 0, Map.of());

    /** Copies the map. */
    Generation {
        slices = Collections.unmodifiableMap(new LinkedHashMap<>(slices));
    }

    /** The same with more rows in it and one slice further on; where it ends is still to be told by {@link #ending}. */
    Generation grown(long moreRows, String key, SliceState slice) {
        Map<String, SliceState> all = new LinkedHashMap<>(slices);
        all.put(key, slice);
        return new Generation(length, rows + moreRows, tail, all);
    }

    /** The same with this length and this checksum of its last bytes. */
    Generation ending(long newLength, long newTail) {
        return new Generation(newLength, rows, newTail, slices);
    }

    /** The same rows, with another cursor for one slice. */
    Generation rewritten(String key, Optional<Cursor> cursor) {
        return new Generation(length, rows, tail, SliceState.rewritten(slices, key, cursor));
    }

    /** The same rows, to be read again from the beginning. */
    Generation forgotten() {
        return new Generation(length, rows, tail, Map.of());
    }
}
