package io.penstock.runner.mapping.value;

import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.record.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;

/**
 * The name of a field, or the way down to one inside of objects: {@code address.city}. An array on the way stands for each of its
 * items. A field whose name has a dot in it is written as a JSON Pointer (RFC 6901): {@code /address/zip.code}.
 *
 * @param names from the record down; at least one
 */
public record FieldPath(List<String> names) {

    /** Copies the names. */
    public FieldPath {
        names = List.copyOf(names);
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if a name is empty, or it is a bad JSON Pointer
     */
    public static FieldPath of(String text) {
        List<String> names = text.startsWith("/") ? Pointer.of(text).segments() : List.of(text.split("\\.", -1));
        if (!text.startsWith("/") && names.contains("")) {
            throw new IllegalArgumentException("expected a field such as name or address.city, found '" + text + "'");
        }
        return new FieldPath(names);
    }

    /** A path as a setting. */
    public static Type<FieldPath> type() {
        return Types.parsed("field such as name or address.city", FieldPath::of);
    }

    /** The field of the record itself that it starts in. */
    public String first() {
        return names.get(0);
    }

    /** Whether it names a field of the record itself. */
    public boolean isTop() {
        return names.size() == 1;
    }

    /** Whether it leads further down from where {@code other} ends. */
    public boolean isBelow(FieldPath other) {
        return names.size() > other.names.size()
                && names.subList(0, other.names.size()).equals(other.names);
    }

    /** Turns one value into another. */
    @FunctionalInterface
    public interface Change {
        /** What takes the place of {@code value}; null to remove it. */
        @Nullable Value of(Value value, Trail at);
    }

    /** Changes each value this names; what is not there stays so. */
    public void change(Fields record, Change change) {
        change(record, 0, null, change);
    }

    private void change(Value at, int depth, @Nullable Trail trail, Change change) {
        if (at instanceof Items items) {
            ListIterator<Value> all = items.all().listIterator();
            while (all.hasNext()) {
                String index = Integer.toString(all.nextIndex());
                change(all.next(), depth, new Trail(trail, index), change);
            }
        } else if (at instanceof Fields fields) {
            String name = names.get(depth);
            Trail here = new Trail(trail, name);
            if (depth < names.size() - 1) {
                Value below = fields.open(name);
                if (below != null) {
                    change(below, depth + 1, here, change);
                }
            } else {
                fields.members().computeIfPresent(name, (same, value) -> change.of(value, here));
            }
        }
    }

    /** The single value it names, as it is written; null if it is missing or lies inside an array. */
    public @Nullable Raw in(Fields record) {
        Fields at = record;
        for (int i = 0; i < names.size() - 1; i++) {
            if (!(at.open(names.get(i)) instanceof Fields below)) {
                return null;
            }
            at = below;
        }
        Value value = at.members().get(names.get(names.size() - 1));
        return value == null || value instanceof Raw ? (Raw) value : Raw.written(value);
    }

    /** Every value it names that is there, as it is written. */
    public List<Raw> all(Fields record) {
        List<Raw> found = new ArrayList<>();
        collect(record, 0, found);
        return found;
    }

    private void collect(@Nullable Value at, int depth, List<Raw> found) {
        if (depth == names.size()) {
            if (at != null) {
                found.add(at instanceof Raw raw ? raw : Raw.written(at));
            }
        } else if (at instanceof Items items) {
            items.all().forEach(item -> collect(item, depth, found));
        } else if (at instanceof Fields fields) {
            boolean last = depth == names.size() - 1;
            String name = names.get(depth);
            collect(last ? fields.members().get(name) : fields.open(name), depth + 1, found);
        }
    }

    /** As a person writes it. */
    @Override
    public String toString() {
        boolean plain =
                names.stream().noneMatch(name -> name.isEmpty() || name.indexOf('.') >= 0) && !first().startsWith("/");
        return plain ? String.join(".", names) : new Pointer(names).toString();
    }
}
