package io.penstock.runner.mapping.verb;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.config.Problems;
import io.penstock.record.StreamInfo;
import io.penstock.runner.mapping.value.FieldPath;
import io.penstock.runner.mapping.value.Fields;
import io.penstock.runner.mapping.value.Raw;
import io.penstock.runner.mapping.value.RecordSchema;
import io.penstock.runner.mapping.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Sets fields to constants, to other fields' values, or to texts made of them; in place of what a field held before. */
public final class Computed implements Verb {

    /** One field: a constant, or a template. */
    private sealed interface Source {}

    private record Constant(Raw value) implements Source {}

    private record Filled(Template template) implements Source {}

    private final Map<String, Source> sources = new LinkedHashMap<>();

    /**
     * Computes these fields, all of them from the record as it is before any of them is set.
     *
     * @param fields plain values; a text with {@code {field}} in it is filled
     */
    public Computed(Map<String, Object> fields) {
        fields.forEach((name, value) -> sources.put(name, source(value)));
    }

    private static Source source(Object value) {
        if (value instanceof String text) {
            Template template = Template.of(text);
            return template.isConstant() ? new Constant(Raw.text(text)) : new Filled(template);
        }
        return new Constant(Raw.plain(value));
    }

    /** The fields it sets. */
    public Set<String> targets() {
        return sources.keySet();
    }

    @Override
    public void on(Fields record) {
        List<Value> values = new ArrayList<>();
        for (Source source : sources.values()) {
            values.add(source instanceof Filled filled ? filled.template().fill(record) : ((Constant) source).value());
        }
        int i = 0;
        for (String name : sources.keySet()) {
            record.members().put(name, values.get(i++));
        }
    }

    @Override
    public void on(RecordSchema schema) {
        if (schema.names().isEmpty()) {
            return;
        }
        Map<String, ObjectNode> described = new LinkedHashMap<>();
        sources.forEach((name, source) -> described.put(name, describe(schema, source)));
        described.forEach((name, one) -> {
            schema.remove(name);
            schema.put(name, one);
        });
    }

    private static ObjectNode describe(RecordSchema schema, Source source) {
        if (source instanceof Constant constant) {
            return RecordSchema.nullable(constant.value().kind().name().toLowerCase(Locale.ROOT));
        }
        Template template = ((Filled) source).template();
        return template.whole().map(path -> copied(schema, path)).orElseGet(() -> RecordSchema.nullable("string"));
    }

    /** What is inside of an object is left to the records to tell. */
    private static ObjectNode copied(RecordSchema schema, FieldPath path) {
        ObjectNode property = path.isTop() ? schema.property(path.first()) : null;
        return property == null ? JsonNodeFactory.instance.objectNode() : property.deepCopy();
    }

    @Override
    public void judge(StreamInfo stream, Problems problems) {
        sources.keySet().forEach(name -> Vital.require(stream, problems, "set", name));
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (Source source : sources.values()) {
            if (source instanceof Filled filled) {
                filled.template().fields().forEach(path -> names.add(path.first()));
            }
        }
        return names;
    }

    @Override
    public boolean onDeleted() {
        return false;
    }
}
