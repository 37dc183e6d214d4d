package io.penstock.runner.mapping.value;

import io.penstock.record.Pointer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way down to a value, made into a pointer only when somebody must be told.
 *
 * @param above the way to what holds it; null for the record
 * @param name of the field, or index of the item
 */
public record Trail(@Nullable Trail above, String name) {

    /** As a JSON Pointer. */
    @Override
    public String toString() {
        Deque<String> names = new ArrayDeque<>();
        for (Trail at = this; at != null; at = at.above) {
            names.addFirst(at.name);
        }
        return new Pointer(List.copyOf(names)).toString();
    }
}
