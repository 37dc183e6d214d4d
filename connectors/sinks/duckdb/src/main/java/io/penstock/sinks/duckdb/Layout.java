package io.penstock.sinks.duckdb;

import io.penstock.record.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The columns of a table, in order. Immutable.
 *
 * @param columns each field once, each name once without regard to case
 */
record Layout(List<Column> columns) {

    /** Before anything is known. */
    static final Layout EMPTY = new Layout(List.of());

    Layout {
        columns = List.copyOf(columns);
    }

    /** This layout with room for {@code shape}: new fields get columns, columns too narrow get wider types. */
    Layout with(Shape shape, Set<String> without) {
        Map<String, Column> byField = new LinkedHashMap<>();
        columns.forEach(column -> byField.put(column.field(), column));
        shape.fields().forEach((field, kinds) -> {
            Column known = byField.get(field);
            if (known != null) {
                byField.put(field, known.as(known.type().with(kinds)));
            } else if (kinds != Shape.NULL && !without.contains(field)) {
                byField.put(field, new Column(field, unused(field, byField), ColumnType.of(kinds)));
            }
        });
        return new Layout(new ArrayList<>(byField.values()));
    }

    /** This layout with one more column for a declared field. */
    Layout with(String field, ColumnType type) {
        Map<String, Column> byField = new LinkedHashMap<>();
        columns.forEach(column -> byField.put(column.field(), column));
        byField.putIfAbsent(field, new Column(field, unused(field, byField), type));
        return new Layout(new ArrayList<>(byField.values()));
    }

    private static String unused(String field, Map<String, Column> taken) {
        Set<String> names = new HashSet<>();
        taken.values().forEach(column -> names.add(column.name().toLowerCase(Locale.ROOT)));
        String wanted = field.isEmpty() ? "value" : field;
        String name = wanted;
        for (int i = 2; names.contains(name.toLowerCase(Locale.ROOT)); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    Optional<Column> column(String field) {
        return columns.stream().filter(column -> column.field().equals(field)).findFirst();
    }

    /** Whether fields can be read by their names: DuckDB takes names that differ only in case for one. */
    boolean plainFields() {
        Set<String> names = new HashSet<>();
        return columns.stream()
                .allMatch(column ->
                        !column.field().isEmpty() && names.add(column.field().toLowerCase(Locale.ROOT)));
    }
}
