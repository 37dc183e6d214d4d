package io.penstock.cli.fields;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What types a JSON Schema allows a value to have.
 *
 * @param root the whole schema, in which references are looked up
 */
record SchemaTypes(JsonNode root) {

    /** A text of one of these formats is called by it, since it lands as one. */
    private static final Set<String> TELLING = Set.of("date-time", "date", "time");

    private static final String ANY = "any";
    private static final int DEEPEST = 8;

    /** The names of the types, {@code null} among them; {@code any} where the schema leaves it open. */
    Set<String> of(JsonNode schema) {
        return of(schema, 0);
    }

    private Set<String> of(JsonNode schema, int depth) {
        Set<String> types = new LinkedHashSet<>();
        if (schema.has("type")) {
            each(schema.get("type")).forEach(type -> types.add(named(type.asText(), schema)));
        } else if (depth < DEEPEST && schema.has("$ref")) {
            types.addAll(of(referred(schema.get("$ref").asText()), depth + 1));
        } else if (schema.has("enum")) {
            schema.get("enum").forEach(value -> types.add(typeOf(value)));
        } else if (schema.has("const")) {
            types.add(typeOf(schema.get("const")));
        } else if (depth < DEEPEST) {
            List.of("anyOf", "oneOf")
                    .forEach(word -> schema.path(word).forEach(one -> types.addAll(of(one, depth + 1))));
        }
        return types.isEmpty() ? Set.of(ANY) : types;
    }

    private static Iterable<JsonNode> each(JsonNode type) {
        return type.isArray() ? type : List.of(type);
    }

    private static String named(String type, JsonNode schema) {
        String format = schema.path("format").asText();
        return type.equals("string") && TELLING.contains(format) ? format : type;
    }

    /** Only what stands in the same document, such as {@code #/$defs/money}. */
    private JsonNode referred(String reference) {
        return reference.startsWith("#/") ? root.at(reference.substring(1)) : root.path("");
    }

    private static String typeOf(JsonNode value) {
        return value.isIntegralNumber() ? "integer" : value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
