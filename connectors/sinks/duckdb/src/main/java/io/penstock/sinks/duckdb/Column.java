package io.penstock.sinks.duckdb;

/**
 * A column and the field it holds.
 *
 * @param field the field's name in the records
 * @param name the column's name: the field's, unless another one differs from it in case only
 */
record Column(String field, String name, ColumnType type) {

    /** The same with another type. */
    Column as(ColumnType other) {
        return new Column(field, name, other);
    }
}
