package io.penstock.sinks.duckdb;

import io.penstock.record.Shape;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a table by field, in order. Immutable.
 */
record Columns(Map<String, Column> byField) {

    /** None yet. */
    static final Columns NONE = new Columns(Map.of());

    /** The field that holds a record which is not an object. */
    static final String VALUE = "value";

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
    Columns grown(Shape shape, Set<String> inexact, Set<String> wide) {
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
}
