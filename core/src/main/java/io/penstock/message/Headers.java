package io.penstock.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Header fields (RFC 9110, section 5): names without regard to case, several values a name, in the order they came.
 *
 * <p>Immutable. {@link #toString()} shows names only, since values may be secret.
 */
public final class Headers {

    /** No field at all. */
    public static final Headers NONE = new Headers(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));

    private final Map<String, List<String>> fields;

    private Headers(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /** One field of each entry. */
    public static Headers of(Map<String, String> fields) {
        Headers headers = NONE;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            headers = headers.with(field.getKey(), field.getValue());
        }
        return headers;
    }

    /** What a response brought; names and values as they are. */
    public static Headers received(Iterable<Map.Entry<String, String>> lines) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Map.Entry<String, String> line : lines) {
            fields.computeIfAbsent(line.getKey(), name -> new ArrayList<>(1)).add(line.getValue());
        }
        return new Headers(fields);
    }

    /** These fields with {@code name} set to {@code value} alone. */
    public Headers with(String name, String value) {
        Map<String, List<String>> more = copy();
        more.put(name, List.of(value));
        return new Headers(more);
    }

    /** These fields with {@code name} set to all of {@code values}. */
    public Headers withAll(String name, List<String> values) {
        Map<String, List<String>> more = copy();
        more.put(name, List.copyOf(values));
        return new Headers(more);
    }

    /** These fields without {@code name}. */
    public Headers without(String name) {
        Map<String, List<String>> less = copy();
        less.remove(name);
        return new Headers(less);
    }

    private Map<String, List<String>> copy() {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(fields);
        return copy;
    }

    /** The first value of {@code name}. */
    public Optional<String> first(String name) {
        List<String> values = fields.get(name);
        return values == null ? Optional.empty() : Optional.of(values.get(0));
    }

    /** All values of {@code name}, none if it is absent. */
    public List<String> all(String name) {
        return Collections.unmodifiableList(fields.getOrDefault(name, List.of()));
    }

    /** All names, in alphabetical order. */
    public Iterable<String> names() {
        return Collections.unmodifiableSet(fields.keySet());
    }

    /** The media type of {@code Content-Type} without parameters, in lower case; empty text if there is none. */
    public String mediaType() {
        return first("Content-Type").orElse("").split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "Headers" + fields.keySet();
    }
}
