package io.penstock.sinks.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.error.DataRejected.SchemaViolation;
import io.penstock.record.StreamInfo;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Columns from a JSON Schema: what it says of types, no more. What it leaves open the records will tell. */
final class SchemaColumns {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SchemaColumns() {}

    static Layout of(StreamInfo stream) {
        Layout layout = Layout.EMPTY;
        if (stream.schema().isEmpty()) {
            return layout;
        }
        JsonNode properties = parse(stream).path("properties");
        for (Map.Entry<String, JsonNode> property : properties.properties()) {
            if (!stream.deletedField().equals(java.util.Optional.of(property.getKey()))) {
                layout = layout.with(property.getKey(), type(property.getValue()));
            }
        }
        return layout;
    }

    private static JsonNode parse(StreamInfo stream) {
        try {
            return MAPPER.readTree(stream.schema().orElse("{}"));
        } catch (JsonProcessingException broken) {
            throw new SchemaViolation("the schema of " + stream.id() + " is not JSON: mend it at its source", broken);
        }
    }

    private static ColumnType type(JsonNode schema) {
        Set<String> types = new HashSet<>();
        JsonNode declared = schema.path("type");
        if (declared.isTextual()) {
            types.add(declared.textValue());
        }
        declared.forEach(one -> types.add(one.asText()));
        types.remove("null");
        if (types.size() != 1) {
            return types.equals(Set.of("integer", "number"))
                    ? ColumnType.DOUBLE
                    : types.isEmpty() || types.contains("object") || types.contains("array")
                            ? ColumnType.JSON
                            : ColumnType.VARCHAR;
        }
        return single(types.iterator().next(), schema.path("format").asText());
    }

    private static ColumnType single(String type, String format) {
        return switch (type) {
            case "boolean" -> ColumnType.BOOLEAN;
            case "integer" -> ColumnType.BIGINT;
            case "number" -> ColumnType.DOUBLE;
            case "string" ->
                format.equals("date-time")
                        ? ColumnType.TIMESTAMPTZ
                        : format.equals("date") ? ColumnType.DATE : ColumnType.VARCHAR;
            default -> ColumnType.JSON;
        };
    }
}
