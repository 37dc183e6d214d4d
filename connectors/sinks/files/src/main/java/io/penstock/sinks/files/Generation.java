package io.penstock.sinks.files;

import io.penstock.record.Cursor;
import io.penstock.sink.Commit;
import io.penstock.sink.Committed;
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

    /** The same with more in it and one slice further on; its {@link #tail} is still to be told by {@link #ending}. */
    Generation grown(long moreBytes, long moreRows, String key, SliceState slice) {
        Map<String, SliceState> all = new LinkedHashMap<>(slices);
        all.put(key, slice);
        return new Generation(length + moreBytes, rows + moreRows, tail, all);
    }

    /** The same with this checksum of its last bytes. */
    Generation ending(long newTail) {
        return new Generation(length, rows, newTail, slices);
    }

    /** The same rows, to be read again from the beginning. */
    Generation forgotten() {
        return new Generation(length, rows, tail, Map.of());
    }

    /** The same rows, with another cursor for one slice; its version stays, and a slice without either is none. */
    Generation standing(String key, Optional<Cursor> cursor) {
        Map<String, SliceState> all = new LinkedHashMap<>(slices);
        SliceState before = all.getOrDefault(key, SliceState.NOTHING);
        if (before.version() > 0 || cursor.isPresent()) {
            all.put(key, new SliceState(before.version(), before.epoch(), cursor));
        } else {
            all.remove(key);
        }
        return new Generation(length, rows, tail, all);
    }

    /**
     * Where a slice stands.
     *
     * @param epoch the run that made the last commit
     */
    record SliceState(long version, long epoch, Optional<Cursor> cursor) {

        static final SliceState NOTHING = new SliceState(0, 0, Optional.empty());

        /** The slice after {@code commit}. */
        SliceState after(Commit commit) {
            return new SliceState(
                    commit.version(), commit.epoch(), commit.cursor().or(() -> cursor));
        }

        /** As others see it. */
        Committed committed() {
            return new Committed(version, cursor);
        }
    }
}
