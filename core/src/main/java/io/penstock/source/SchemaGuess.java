package io.penstock.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.record.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON Schema (2020-12) for records of which nothing is known but the first ones.
 *
 * <p>It says no more than later records are likely to keep: every field may be missing or null, texts are texts whatever they
 * look like, and the inside of objects and arrays is left open.
 */
public final class SchemaGuess {

    private SchemaGuess() {}

    /**
     * The schema of records with this shape.
     *
     * @param key fields that name a record, which are neither missing nor null
     * @return empty if no field was seen, or not all records were objects
     */
    public static Optional<String> of(Shape shape, List<String> key) {
        if (shape.fields().isEmpty() || shape.fields().containsKey("")) {
            return Optional.empty();
        }
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema").put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        shape.fields().forEach((name, kinds) -> {
            if (kinds != Shape.NULL) {
                types(properties.putObject(name).putArray("type"), kinds, key.contains(name));
            }
        });
        key.stream().filter(name -> !properties.has(name)).forEach(properties::putObject);
        if (!key.isEmpty()) {
            key.forEach(schema.putArray("required")::add);
        }
        return Optional.of(schema.toString());
    }

    private static void types(ArrayNode types, int kinds, boolean key) {
        boolean decimal = (kinds & Shape.DECIMAL) != 0;
        Map.of(
                        Shape.BOOLEAN,
                        "boolean",
                        Shape.TEXT,
                        "string",
                        Shape.OBJECT,
                        "object",
                        Shape.ARRAY,
                        "array",
                        Shape.DECIMAL,
                        "number",
                        Shape.LONG | Shape.BIG_INTEGER,
                        decimal ? "" : "integer")
                .entrySet()
                .stream()
                .filter(kind -> (kinds & kind.getKey()) != 0 && !kind.getValue().isEmpty())
                .sorted(Map.Entry.comparingByKey())
                .forEach(kind -> types.add(kind.getValue()));
        if (!key) {
            types.add("null");
        }
    }
}
