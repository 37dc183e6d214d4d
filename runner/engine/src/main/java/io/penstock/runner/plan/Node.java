package io.penstock.runner.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One value of a document and where it stands. */
sealed interface Node {

    /** Where it stands. */
    Mark mark();

    /** How many nodes it is made of, aliases counted as often as they are used. */
    long size();

    /** As plain values: null, boolean, number, text, list, map. */
    @Nullable Object plain();

    /**
     * A place in a file.
     *
     * @param line from 1 on
     * @param column from 1 on
     */
    record Mark(int line, int column) {
        @Override
        public String toString() {
            return line + ":" + column;
        }
    }

    /** A null, boolean, number or text. */
    record Scalar(Mark mark, @Nullable Object value) implements Node {
        @Override
        public long size() {
            return 1;
        }

        @Override
        public @Nullable Object plain() {
            return value;
        }
    }

    /** A list. */
    record Listing(Mark mark, List<Node> items, long size) implements Node {

        static Listing of(Mark mark, List<Node> items) {
            return new Listing(
                    mark, items, 1 + items.stream().mapToLong(Node::size).sum());
        }

        @Override
        public Object plain() {
            List<@Nullable Object> values = new ArrayList<>();
            items.forEach(item -> values.add(item.plain()));
            return values;
        }
    }

    /** A mapping from names to values. */
    record Mapping(Mark mark, Map<String, Entry> entries, long size) implements Node {

        static Mapping of(Mark mark, Map<String, Entry> entries) {
            long size = 1;
            for (Entry entry : entries.values()) {
                size += entry.value().size();
            }
            return new Mapping(mark, entries, size);
        }

        @Override
        public Map<String, @Nullable Object> plain() {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            entries.forEach((name, entry) -> values.put(name, entry.value().plain()));
            return values;
        }

        /** This mapping with {@code over} laid on it: mappings are merged, a null removes, anything else takes the place. */
        Mapping merged(Mapping over) {
            Map<String, Entry> merged = new LinkedHashMap<>(entries);
            over.entries.forEach((name, entry) -> {
                Entry below = entries.get(name);
                if (entry.value().plain() == null) {
                    merged.remove(name);
                } else if (below != null
                        && below.value() instanceof Mapping under
                        && entry.value() instanceof Mapping upper) {
                    merged.put(name, new Entry(entry.key(), under.merged(upper)));
                } else {
                    merged.put(name, entry);
                }
            });
            return of(mark, merged);
        }
    }

    /**
     * One member of a mapping.
     *
     * @param key where its name stands
     * @param value what it is
     */
    record Entry(Mark key, Node value) {}
}
