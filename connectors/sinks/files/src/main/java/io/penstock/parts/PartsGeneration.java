package io.penstock.parts;

import io.penstock.parts.directory.SliceState;
import io.penstock.record.Cursor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parts that are read together.
 *
 * @param slices where the slices stand whose rows they hold, by key
 * @param memory what the format remembers of them
 */
record PartsGeneration(List<Part> parts, Map<String, SliceState> slices, String memory) {

    static final PartsGeneration EMPTY = new PartsGeneration(List.of(), Map.of(), "");

    /** Copies what it is handed. */
    PartsGeneration {
        parts = List.copyOf(parts);
        slices = Collections.unmodifiableMap(new LinkedHashMap<>(slices));
    }

    /** The same with more parts. */
    PartsGeneration and(List<Part> more, String remembered) {
        List<Part> all = new ArrayList<>(parts);
        all.addAll(more);
        return new PartsGeneration(all, slices, remembered);
    }

    /** The same with one slice further on. */
    PartsGeneration with(String key, SliceState slice) {
        Map<String, SliceState> all = new LinkedHashMap<>(slices);
        all.put(key, slice);
        return new PartsGeneration(parts, all, memory);
    }

    /** The same rows, with another cursor for one slice. */
    PartsGeneration rewritten(String key, Optional<Cursor> cursor) {
        return new PartsGeneration(parts, SliceState.rewritten(slices, key, cursor), memory);
    }

    /** The same rows, to be read again from the beginning. */
    PartsGeneration forgotten() {
        return new PartsGeneration(parts, Map.of(), memory);
    }

    long rows() {
        return parts.stream().mapToLong(Part::rows).sum();
    }
}
