package io.penstock.runner.mapping.verb;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.config.Problems;
import io.penstock.record.StreamInfo;
import io.penstock.runner.mapping.value.Fields;
import io.penstock.runner.mapping.value.RecordSchema;
import io.penstock.runner.mapping.value.Trail;
import io.penstock.runner.mapping.value.Unfit;
import io.penstock.runner.mapping.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Turns the fields inside of an object into fields of the record, all the way down: {@code address: {city}} becomes
 * {@code address_city}. Arrays and single values stay as they are; an object that is null or empty leaves nothing.
 *
 * @param separators which objects, each with what stands between the names
 */
public record Flatten(Map<String, String> separators) implements Verb {

    private static final String PROPERTIES = "properties";

    /** Copies the map. */
    public Flatten {
        separators = Collections.unmodifiableMap(new LinkedHashMap<>(separators));
    }

    @Override
    public void on(Fields record) {
        Map<String, Value> flat = new LinkedHashMap<>();
        for (String name : record.members().keySet().toArray(String[]::new)) {
            String separator = separators.get(name);
            Value value = separator == null ? record.members().get(name) : record.open(name);
            if (separator != null && value instanceof Fields fields) {
                spread(fields, name, separator, flat, new Trail(null, name));
            } else if (value != null && (separator == null || !Mask.isNull(value))) {
                put(flat, name, value, new Trail(null, name));
            }
        }
        record.members().clear();
        record.members().putAll(flat);
    }

    private static void spread(Fields from, String prefix, String separator, Map<String, Value> to, Trail at) {
        for (String name : from.members().keySet().toArray(String[]::new)) {
            Trail here = new Trail(at, name);
            String full = prefix + separator + name;
            Value value = from.open(name);
            if (value instanceof Fields below) {
                spread(below, full, separator, to, here);
            } else if (value != null) {
                put(to, full, value, here);
            }
        }
    }

    private static void put(Map<String, Value> flat, String name, Value value, Trail at) {
        if (flat.putIfAbsent(name, value) != null) {
            throw Unfit.value(at.toString(), "expected one field called '" + name + "' after flatten, found two");
        }
    }

    @Override
    public void on(RecordSchema schema) {
        separators.forEach((name, separator) -> {
            ObjectNode described = schema.resolved(name);
            if (described != null) {
                schema.remove(name);
                spread(described, name, separator, schema);
            }
        });
    }

    private static void spread(ObjectNode described, String prefix, String separator, RecordSchema schema) {
        described.path(PROPERTIES).properties().forEach(inside -> {
            String full = prefix + separator + inside.getKey();
            if (inside.getValue() instanceof ObjectNode below && below.has(PROPERTIES)) {
                spread(below, full, separator, schema);
            } else if (inside.getValue() instanceof ObjectNode leaf && !isObject(leaf)) {
                schema.put(full, leaf);
            }
        });
    }

    /** An object of which nothing is known leaves fields of which nothing is known. */
    private static boolean isObject(ObjectNode leaf) {
        return leaf.path("type").toString().contains("\"object\"") || leaf.has("$ref");
    }

    @Override
    public void judge(StreamInfo stream, Problems problems) {
        separators.keySet().forEach(name -> Vital.require(stream, problems, "flatten", name));
    }

    @Override
    public Set<String> names() {
        return separators.keySet();
    }
}
