package io.penstock.sinks.duckdb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.error.BadConfig.ConfigError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a stream's JSON Schema as columns. What it cannot tell becomes JSON, or is left to the records themselves. */
final class JsonSchema {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonSchema() {}

    /** The columns of the top-level properties, in the order of the schema. */
    static Columns columns(String schema) {
        try {
            Columns columns = Columns.NONE;
            for (Map.Entry<String, JsonNode> property :
                    JSON.readTree(schema).path("properties").properties()) {
                List<String> types = types(property.getValue());
                if (!types.isEmpty()) {
                    columns = columns.with(property.getKey(), type(types, property.getValue()));
                }
            }
            return columns;
        } catch (JsonProcessingException broken) {
            throw new ConfigError(
                    "expected a JSON Schema as the schema of the stream: " + broken.getOriginalMessage(), broken);
        }
    }

    private static List<String> types(JsonNode property) {
        JsonNode type = property.path("type");
        List<String> types = new ArrayList<>();
        if (type.isTextual()) {
            types.add(type.textValue());
        }
        type.forEach(one -> types.add(one.asText()));
        types.remove("null");
        return types;
    }

    private static ColumnType type(List<String> types, JsonNode property) {
        if (types.size() > 1) {
            return ColumnType.JSON;
        }
        return switch (types.get(0)) {
            case "boolean" -> ColumnType.BOOLEAN;
            case "integer" -> ColumnType.BIGINT;
            case "number" -> ColumnType.DOUBLE;
            case "string" ->
                switch (property.path("format").asText()) {
                    case "date-time" -> ColumnType.TIMESTAMP;
                    case "date" -> ColumnType.DATE;
                    default -> ColumnType.VARCHAR;
                };
            default -> ColumnType.JSON;
        };
    }
}
