package io.penstock.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Header fields (RFC 9110, section 5): names without regard to case, several values a name, in the order they came.
 *
 * <p>Immutable. {@link #toString()} shows names only, since values may be secret.
 */
public final class Headers {

    /** No field at all. */
    public static final Headers NONE = new Headers(new String[0]);

    /** Name, value, name, value: a section has a dozen lines, which are read faster than any map is filled. */
    private final String[] lines;

    private Headers(String[] lines) {
        this.lines = lines;
    }

    /** One field of each entry. */
    public static Headers of(Map<String, String> fields) {
        return received(fields.entrySet());
    }

    /** What a response brought; names and values as they are. */
    public static Headers received(Iterable<Map.Entry<String, String>> lines) {
        List<String> all = new ArrayList<>(24);
        for (Map.Entry<String, String> line : lines) {
            all.add(line.getKey());
            all.add(line.getValue());
        }
        return new Headers(all.toArray(String[]::new));
    }

    /** These fields with {@code name} set to {@code value} alone. */
    public Headers with(String name, String value) {
        return withAll(name, List.of(value));
    }

    /** These fields with {@code name} set to all of {@code values}. */
    public Headers withAll(String name, List<String> values) {
        String[] others = others(name);
        String[] more = Arrays.copyOf(others, others.length + 2 * values.size());
        for (int i = 0; i < values.size(); i++) {
            more[others.length + 2 * i] = name;
            more[others.length + 2 * i + 1] = values.get(i);
        }
        return new Headers(more);
    }

    /** These fields without {@code name}. */
    public Headers without(String name) {
        String[] others = others(name);
        return others.length == lines.length ? this : new Headers(others);
    }

    private String[] others(String name) {
        String[] kept = new String[lines.length];
        int size = 0;
        for (int i = 0; i < lines.length; i += 2) {
            if (!is(i, name)) {
                kept[size++] = lines[i];
                kept[size++] = lines[i + 1];
            }
        }
        return size == lines.length ? lines : Arrays.copyOf(kept, size);
    }

    private boolean is(int line, String name) {
        return lines[line].length() == name.length() && lines[line].equalsIgnoreCase(name);
    }

    private @Nullable String value(String name) {
        for (int i = 0; i < lines.length; i += 2) {
            if (is(i, name)) {
                return lines[i + 1];
            }
        }
        return null;
    }

    /** The first value of {@code name}. */
    public Optional<String> first(String name) {
        return Optional.ofNullable(value(name));
    }

    /** Whether there is a field {@code name}. */
    public boolean has(String name) {
        return value(name) != null;
    }

    /** Whether {@code part} stands in any name, without regard to case. */
    public boolean hasNameWith(String part) {
        for (int i = 0; i < lines.length; i += 2) {
            for (int at = lines[i].length() - part.length(); at >= 0; at--) {
                if (lines[i].regionMatches(true, at, part, 0, part.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** All values of {@code name}, none if it is absent. */
    public List<String> all(String name) {
        if (!has(name)) {
            return List.of();
        }
        List<String> values = new ArrayList<>(1);
        for (int i = 0; i < lines.length; i += 2) {
            if (is(i, name)) {
                values.add(lines[i + 1]);
            }
        }
        return Collections.unmodifiableList(values);
    }

    /** All names, each once, in alphabetical order. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < lines.length; i += 2) {
            names.add(lines[i]);
        }
        return Collections.unmodifiableSet(names);
    }

    /** The media type of {@code Content-Type} without parameters, in lower case; empty text if there is none. */
    public String mediaType() {
        String type = value("Content-Type");
        if (type == null) {
            return "";
        }
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "Headers" + names();
    }
}
