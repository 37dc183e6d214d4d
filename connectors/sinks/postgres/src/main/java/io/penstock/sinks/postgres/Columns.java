package io.penstock.sinks.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a table by field, in order. Immutable.
 */
record Columns(Map<String, Column> byField) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** None yet. */
    static final Columns NONE = new Columns(Map.of());

    /** Names that every table has already. */
    private static final Set<String> SYSTEM = Set.of("tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

    /** The field that holds a record which is not an object. */
    static final String VALUE = "value";

    /**
     * A column and the field it holds.
     *
     * @param field the field's name in the records
     * @param name the column's name: the field's, unless PostgreSQL cannot take it
     */
    record Column(String field, String name, ColumnType type) {

        /** The same with another type. */
        Column as(ColumnType other) {
            return new Column(field, name, other);
        }
    }

    /** Copies the map, keeping its order. */
    Columns {
        byField = Collections.unmodifiableMap(new LinkedHashMap<>(byField));
    }

    /** All columns, in order. */
    Collection<Column> all() {
        return byField.values();
    }

    /** The same with a new column of type {@code type} for {@code field}, or with its column changed to it. */
    Columns with(String field, ColumnType type) {
        Map<String, Column> more = new LinkedHashMap<>(byField);
        Column known = byField.get(field);
        more.put(field, known == null ? new Column(field, free(field), type) : known.as(type));
        return new Columns(more);
    }

    /** The same without the column of {@code field}. */
    Columns without(String field) {
        Map<String, Column> fewer = new LinkedHashMap<>(byField);
        fewer.remove(field);
        return new Columns(fewer);
    }

    /** PostgreSQL keeps some names for itself, and cuts long ones off. */
    private String free(String field) {
        return Sql.fitting(
                field,
                name -> SYSTEM.contains(name)
                        || all().stream().anyMatch(column -> column.name().equals(name)));
    }

    /**
     * Grown so that it holds values of the kinds seen, exactly.
     */
    Columns grown(Shape shape) {
        Columns grown = this;
        for (Map.Entry<String, Integer> seen : shape.fields().entrySet()) {
            int kinds = seen.getValue() & ~Shape.NULL;
            boolean scalar = (kinds & Shape.NOT_AN_OBJECT) != 0;
            if (scalar) {
                Column known = grown.byField.get(VALUE);
                boolean exact = known != null && known.type().isJson();
                grown = exact ? grown : grown.with(VALUE, ColumnType.JSONB);
            } else if (kinds != 0) {
                grown = grown.with(seen.getKey(), grown.type(seen.getKey(), kinds));
            }
        }
        return grown;
    }

    private ColumnType type(String field, int kinds) {
        Column known = byField.get(field);
        return known == null ? ColumnType.of(kinds) : known.type().and(kinds);
    }

    /**
     * The columns of the top-level properties of a JSON Schema, in its order. What it cannot tell becomes JSON, or is left to the
     * records themselves.
     */
    static Columns ofSchema(String schema) {
        try {
            Columns columns = NONE;
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
            return ColumnType.JSONB;
        }
        return switch (types.get(0)) {
            case "boolean" -> ColumnType.BOOLEAN;
            case "integer" -> ColumnType.BIGINT;
            case "number" -> ColumnType.NUMERIC;
            case "string" ->
                switch (property.path("format").asText()) {
                    case "date-time" -> ColumnType.TIMESTAMP;
                    case "date" -> ColumnType.DATE;
                    default -> ColumnType.TEXT;
                };
            default -> ColumnType.JSONB;
        };
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static Columns ofJson(String json) {
        try {
            JsonNode all = JSON.readTree(json);
            if (!all.isArray()) {
                throw new IllegalArgumentException("no list of columns");
            }
            Map<String, Column> columns = new LinkedHashMap<>();
            for (JsonNode one : all) {
                String field = text(one, "field");
                ColumnType type = ColumnType.valueOf(text(one, "type"));
                columns.put(field, new Column(field, text(one, "name"), type));
            }
            return new Columns(columns);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    private static String text(JsonNode column, String name) {
        JsonNode value = column.required(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + " is no text");
        }
        return value.textValue();
    }

    /** As the ledger keeps them. */
    String json() {
        ArrayNode all = JSON.createArrayNode();
        for (Column column : all()) {
            all.addObject()
                    .put("field", column.field())
                    .put("name", column.name())
                    .put("type", column.type().name());
        }
        return all.toString();
    }
}
