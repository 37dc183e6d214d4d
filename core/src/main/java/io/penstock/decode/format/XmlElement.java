package io.penstock.decode.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One element of a record while it is being read. */
final class XmlElement {

    private static final String TEXT = "#text";

    private final String name;
    private final boolean nil;
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    /** @param nil whether the document says that it has no value */
    XmlElement(String name, boolean nil) {
        this.name = name;
        this.nil = nil;
    }

    String name() {
        return name;
    }

    void attribute(String attribute, String value) {
        fields.put("@" + attribute, value);
    }

    void text(String piece) {
        text.append(piece);
    }

    /** How many different fields it has so far. */
    int size() {
        return fields.size();
    }

    /** Takes over a child that has ended; the second of a name makes a list of both. */
    void child(XmlElement child, Set<String> lists) {
        Object value = child.value();
        boolean again = fields.containsKey(child.name);
        Object before = fields.get(child.name);
        if (before instanceof Repeated repeated) {
            repeated.values.add(value);
        } else if (again || lists.contains(child.name)) {
            Repeated repeated = new Repeated();
            if (again) {
                repeated.values.add(before);
            }
            repeated.values.add(value);
            fields.put(child.name, repeated);
        } else {
            fields.put(child.name, value);
        }
    }

    /** Text alone is a string; with attributes or children it is one of the fields, unless it is white space. */
    private @Nullable Object value() {
        if (nil) {
            return null;
        }
        if (fields.isEmpty()) {
            return text.toString();
        }
        if (!text.toString().isBlank()) {
            fields.put(TEXT, text.toString());
        }
        return fields;
    }

    /** Writes the record that this is: an object in any case. */
    void write(JsonText out) {
        Object value = value();
        if (value instanceof Map<?, ?> map) {
            object(map, out);
        } else {
            object(value == null || value.equals("") ? Map.of() : Map.of(TEXT, value), out);
        }
    }

    private static void write(@Nullable Object value, JsonText out) {
        if (value == null) {
            out.nothing();
        } else if (value instanceof Map<?, ?> map) {
            object(map, out);
        } else if (value instanceof Repeated repeated) {
            array(repeated.values, out);
        } else {
            out.text((String) value);
        }
    }

    private static void object(Map<?, ?> map, JsonText out) {
        char before = '{';
        for (Map.Entry<?, ?> field : map.entrySet()) {
            out.mark(before);
            before = ',';
            out.text((String) field.getKey());
            out.mark(':');
            write(field.getValue(), out);
        }
        if (before == '{') {
            out.mark('{');
        }
        out.mark('}');
    }

    private static void array(List<@Nullable Object> values, JsonText out) {
        char before = '[';
        for (Object value : values) {
            out.mark(before);
            before = ',';
            write(value, out);
        }
        out.mark(']');
    }

    /** Values of children that share a name. */
    private static final class Repeated {
        final List<@Nullable Object> values = new ArrayList<>(2);
    }
}
