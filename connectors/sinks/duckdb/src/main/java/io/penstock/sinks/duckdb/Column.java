package io.penstock.sinks.duckdb;

/**
 * A column and the field it holds.
 *
 * @param field the record's top-level field; empty for a record that is no object
 * @param name the column's name, unique in its table without regard to case
 * @param type its type
 */
record Column(String field, String name, ColumnType type) {

    Column as(ColumnType other) {
        return new Column(field, name, other);
    }

    /** As in a CREATE TABLE. */
    String definition() {
        return Sql.name(name) + " " + type.sql();
    }
}
