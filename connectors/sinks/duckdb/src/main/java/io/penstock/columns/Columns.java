package io.penstock.columns;

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
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a table by field, in order. Immutable.
 */
public record Columns(Map<String, Column> byField) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** None yet. */
    public static final Columns NONE = new Columns(Map.of());

    /** The field that holds a record which is not an object. */
    public static final String VALUE = "value";

    /**
     * A column and the field it holds.
     *
     * @param field the field's name in the records
     * @param name the column's name: the field's, unless another one differs from it in case only
     */
    public record Column(String field, String name, ColumnType type) {

        /** The same with another type. */
        public Column as(ColumnType other) {
            return new Column(field, name, other);
        }
    }

    /** Copies the map, keeping its order. */
    public Columns {
        byField = Collections.unmodifiableMap(new LinkedHashMap<>(byField));
    }

    /** All columns, in order. */
    public Collection<Column> all() {
        return byField.values();
    }

    /** The same with a new column of type {@code type} for {@code field}, or with its column changed to it. */
    public Columns with(String field, ColumnType type) {
        Map<String, Column> more = new LinkedHashMap<>(byField);
        Column known = byField.get(field);
        more.put(field, known == null ? new Column(field, free(field), type) : known.as(type));
        return new Columns(more);
    }

    /** The same without the column of {@code field}. */
    public Columns without(String field) {
        Map<String, Column> fewer = new LinkedHashMap<>(byField);
        fewer.remove(field);
        return new Columns(fewer);
    }

    /** DuckDB does not tell capital letters from small ones: the first field keeps its name, later ones are numbered. */
    private String free(String field) {
        String wanted = field.isEmpty() ? "_" : field.replace("\0", "\uFFFD");
        String name = wanted;
        for (int i = 2; taken(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    private boolean taken(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return all().stream()
                .anyMatch(column -> column.name().toLowerCase(Locale.ROOT).equals(small));
    }

    /**
     * Grown so that it holds values of the kinds seen, exactly.
     *
     * @param inexact fields with numbers that no numeric column would hold exactly
     * @param wide fields with integers that a floating point number would not hold exactly
     */
    public Columns grown(Shape shape, Set<String> inexact, Set<String> wide) {
        Columns grown = this;
        for (Map.Entry<String, Integer> seen : shape.fields().entrySet()) {
            int kinds = seen.getValue() & ~Shape.NULL;
            boolean scalar = (kinds & Shape.NOT_AN_OBJECT) != 0;
            if (kinds != 0) {
                String field = scalar ? VALUE : seen.getKey();
                ColumnType type = scalar || inexact.contains(field) ? ColumnType.JSON : grown.type(field, kinds, wide);
                grown = grown.with(field, type);
            }
        }
        return grown;
    }

    private ColumnType type(String field, int kinds, Set<String> wide) {
        Column known = byField.get(field);
        ColumnType type = known == null ? ColumnType.of(kinds) : known.type().and(kinds);
        return type == ColumnType.DOUBLE && wide.contains(field) ? ColumnType.JSON : type;
    }

    /**
     * The columns of the top-level properties of a JSON Schema, in its order. What it cannot tell becomes JSON, or is left to the
     * records themselves.
     */
    public static Columns ofSchema(String schema) {
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

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Columns ofJson(String json) {
        Map<String, Column> columns = new LinkedHashMap<>();
        try {
            for (JsonNode one : JSON.readTree(json)) {
                String field = one.required("field").textValue();
                ColumnType type = ColumnType.valueOf(one.required("type").textValue());
                columns.put(field, new Column(field, one.required("name").textValue(), type));
            }
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
        return new Columns(columns);
    }

    /** As the ledger keeps them. */
    public String json() {
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
