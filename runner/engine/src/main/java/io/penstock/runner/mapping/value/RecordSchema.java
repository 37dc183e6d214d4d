package io.penstock.runner.mapping.value;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.error.BadConfig.ConfigError;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The JSON Schema of a stream's records while it is changed in step with them. What a mapping could make untrue (conditions,
 * combinations) is left out from the start: it says less then, but nothing wrong. For one thread at a time.
 */
public final class RecordSchema {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> KEPT = List.of(
            "$schema",
            "$defs",
            "definitions",
            "type",
            "title",
            "description",
            "properties",
            "required",
            "additionalProperties");
    private static final String PROPERTIES = "properties";
    private static final String REQUIRED = "required";

    private final ObjectNode root;

    private RecordSchema(ObjectNode root) {
        this.root = root;
    }

    /**
     * Reads a schema.
     *
     * @throws ConfigError if it is no JSON object
     */
    public static RecordSchema of(String json) {
        try {
            if (JSON.readTree(json) instanceof ObjectNode root) {
                return new RecordSchema(root.retain(KEPT));
            }
        } catch (JsonProcessingException unreadable) {
            throw new ConfigError("the schema of the stream is not JSON", unreadable);
        }
        throw new ConfigError("the schema of the stream is not a JSON object");
    }

    /** As JSON. */
    public String json() {
        return root.toString();
    }

    /** The names of the record's fields that it describes, in order. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        root.path(PROPERTIES).fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Whether no other fields than those described can occur. */
    public boolean isClosed() {
        JsonNode more = root.path("additionalProperties");
        return more.isBoolean() && !more.booleanValue();
    }

    /** What it says of a field of the record; null if it does not describe it. */
    public @Nullable ObjectNode property(String name) {
        return root.path(PROPERTIES).get(name) instanceof ObjectNode property ? property : null;
    }

    /** Whether the record always has the field. */
    public boolean requires(String name) {
        return required(root, name);
    }

    /** Replaces what it says of a field, described or not yet. */
    public void put(String name, ObjectNode described) {
        properties(root).set(name, described);
    }

    /** Says no more of a field of the record. */
    public void remove(String name) {
        remove(root, name);
    }

    /** Says that the record always has the field. */
    public void require(String name) {
        if (!requires(name)) {
            root.withArrayProperty(REQUIRED).add(name);
        }
    }

    /** Changes what it says of the field at {@code path}, through arrays; null from {@code change} removes it. */
    public void change(FieldPath path, UnaryOperator<@Nullable ObjectNode> change) {
        change(root, path.names(), change);
    }

    private void change(ObjectNode schema, List<String> names, UnaryOperator<@Nullable ObjectNode> change) {
        if (schema.get("items") instanceof ObjectNode items && !schema.has(PROPERTIES)) {
            ObjectNode item = resolved(items);
            schema.set("items", item);
            change(item, names, change);
        } else if (schema.path(PROPERTIES).get(names.get(0)) instanceof ObjectNode property) {
            ObjectNode below = resolved(property);
            if (names.size() > 1) {
                properties(schema).set(names.get(0), below);
                change(below, names.subList(1, names.size()), change);
            } else {
                replace(schema, names.get(0), change.apply(below));
            }
        }
    }

    private static void replace(ObjectNode schema, String name, @Nullable ObjectNode changed) {
        if (changed == null) {
            remove(schema, name);
        } else {
            properties(schema).set(name, changed);
        }
    }

    /** A reference within the schema is followed once, so that what is changed here stays as it is elsewhere. */
    private ObjectNode resolved(ObjectNode schema) {
        String reference = schema.path("$ref").asText("");
        return reference.startsWith("#/")
                        && root.at(JsonPointer.compile(reference.substring(1))) instanceof ObjectNode o
                ? o.deepCopy()
                : schema;
    }

    /** What it says of a field of the record, with a reference followed; null if it does not describe it. */
    public @Nullable ObjectNode resolved(String name) {
        ObjectNode property = property(name);
        return property == null ? null : resolved(property);
    }

    /** Renames fields of the record, all at once, where they stand. */
    public void rename(Map<String, String> names) {
        ObjectNode renamed = JSON.createObjectNode();
        root.path(PROPERTIES)
                .properties()
                .forEach(property ->
                        renamed.set(names.getOrDefault(property.getKey(), property.getKey()), property.getValue()));
        root.set(PROPERTIES, renamed);
        ArrayNode required = JSON.createArrayNode();
        root.path(REQUIRED).forEach(name -> required.add(names.getOrDefault(name.asText(), name.asText())));
        if (!required.isEmpty()) {
            root.set(REQUIRED, required);
        }
    }

    /** A schema of values of one type, or null. */
    public static ObjectNode nullable(String type) {
        ObjectNode schema = JSON.createObjectNode();
        schema.putArray("type").add(type).add("null");
        return schema;
    }

    private static ObjectNode properties(ObjectNode schema) {
        return schema.withObjectProperty(PROPERTIES);
    }

    private static boolean required(ObjectNode schema, String name) {
        for (JsonNode required : schema.path(REQUIRED)) {
            if (required.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static void remove(ObjectNode schema, String name) {
        properties(schema).remove(name);
        if (schema.get(REQUIRED) instanceof ArrayNode required) {
            for (int i = required.size() - 1; i >= 0; i--) {
                if (required.get(i).asText().equals(name)) {
                    required.remove(i);
                }
            }
            if (required.isEmpty()) {
                schema.remove(REQUIRED);
            }
        }
    }
}
