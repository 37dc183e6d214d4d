package io.penstock.record;

import java.util.Map;
import java.util.Optional;

/**
 * Single values found in a document by their pointers, as text: a next cursor, a total, a flag.
 *
 * <p>Numbers keep their digits, {@code true} and {@code false} are those words; JSON null and absence are both absent, and
 * an object or array is its JSON text.
 *
 * @param byPointer what was found
 */
public record Values(Map<Pointer, String> byPointer) {

    /** No value at all. */
    public static final Values NONE = new Values(Map.of());

    /** Copies the map. */
    public Values {
        byPointer = Map.copyOf(byPointer);
    }

    /** The value at {@code pointer}, if the document has one there that is not null. */
    public Optional<String> at(Pointer pointer) {
        return Optional.ofNullable(byPointer.get(pointer));
    }
}
