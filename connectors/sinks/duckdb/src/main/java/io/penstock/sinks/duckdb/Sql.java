package io.penstock.sinks.duckdb;

/** The only place where names and texts become part of a statement. */
final class Sql {

    private Sql() {}

    /** A name as an identifier. */
    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A name inside a schema. */
    static String name(String schema, String name) {
        return name(schema) + "." + name(name);
    }

    /** A text as a literal. */
    static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
