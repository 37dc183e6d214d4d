package io.penstock.runner.state;

import io.penstock.record.ConnectionId;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.sink.Committed;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Where the slices of one connection stand, apart from the sink that holds it.
 *
 * @param connection whose state it is
 * @param epoch number of the claim it was read under
 * @param slices cursors and versions, by stream and key
 * @param rows how many rows each stream had, by its name, as far as the sink could tell
 */
public record StateDocument(
        ConnectionId connection, long epoch, SortedMap<SliceId, Committed> slices, SortedMap<String, Long> rows) {

    private static final Comparator<SliceId> BY_NAME =
            Comparator.comparing((SliceId slice) -> slice.stream().name()).thenComparing(SliceId::key);

    /** Copies the maps and sorts them by name. */
    public StateDocument {
        SortedMap<SliceId, Committed> sorted = new TreeMap<>(BY_NAME);
        sorted.putAll(slices);
        slices = Collections.unmodifiableSortedMap(sorted);
        rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    }

    /** A document of {@code slices} in any order. */
    static StateDocument of(
            ConnectionId connection, long epoch, Map<SliceId, Committed> slices, Map<String, Long> rows) {
        SortedMap<SliceId, Committed> sorted = new TreeMap<>(BY_NAME);
        sorted.putAll(slices);
        return new StateDocument(connection, epoch, sorted, new TreeMap<>(rows));
    }

    /** The names of the streams in it. */
    public SortedSet<String> streams() {
        SortedSet<String> names = new TreeSet<>();
        slices.keySet().forEach(slice -> names.add(slice.stream().name()));
        return names;
    }

    /** The part of it that concerns the streams whose name passes. */
    public StateDocument only(Predicate<String> stream) {
        SortedMap<SliceId, Committed> some = new TreeMap<>(BY_NAME);
        slices.forEach((slice, committed) -> {
            if (stream.test(slice.stream().name())) {
                some.put(slice, committed);
            }
        });
        SortedMap<String, Long> counts = new TreeMap<>(rows);
        counts.keySet().removeIf(stream.negate());
        return new StateDocument(connection, epoch, some, counts);
    }

    /** The slice {@code key} of the stream called {@code name}. */
    SliceId slice(String name, String key) {
        return new StreamId(connection, name).slice(key);
    }
}
