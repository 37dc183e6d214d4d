package io.penstock.columns;

/** The only place where names and texts become part of a statement. */
public final class Sql {

    private Sql() {}

    /** A name as an identifier. */
    public static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A name inside a schema. */
    public static String name(String schema, String name) {
        return name(schema) + "." + name(name);
    }

    /** A text as a literal. */
    public static String text(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
