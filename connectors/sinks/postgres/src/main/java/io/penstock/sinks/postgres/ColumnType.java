package io.penstock.sinks.postgres;

import io.penstock.record.Shape;

/**
 * The types of columns, with the kinds of JSON values that each holds without changing them.
 *
 * <p>{@link #JSONB} holds almost everything: where types meet that have no better one in common, the column becomes that, in which
 * {@code 12} and {@code "12"} stay different. {@link #JSON} holds the rest.
 */
enum ColumnType {
    /** True or false. */
    BOOLEAN("boolean", Shape.BOOLEAN),
    /** Integers of 64 bits. */
    BIGINT("bigint", Shape.LONG),
    /** Numbers, digit for digit. */
    NUMERIC("numeric", Shape.LONG | Shape.BIG_INTEGER | Shape.DECIMAL),
    /** Instants, to the microsecond. */
    TIMESTAMP("timestamp with time zone", Shape.TEXT),
    /** Days. */
    DATE("date", Shape.TEXT),
    /** Text without the character U+0000, which PostgreSQL cannot store. */
    TEXT("text", Shape.TEXT),
    /** Any JSON value without the character U+0000 in a text or name. */
    JSONB("jsonb", ~0),
    /** Any JSON value, letter for letter. */
    JSON("json", ~0);

    private final String sql;
    private final int kinds;

    ColumnType(String sql, int kinds) {
        this.sql = sql;
        this.kinds = kinds;
    }

    /** As PostgreSQL's catalogue spells it. */
    String sql() {
        return sql;
    }

    /** Whether its values are times, of which not every one fits. */
    boolean isTime() {
        return this == TIMESTAMP || this == DATE;
    }

    /** Whether its values are written as JSON. */
    boolean isJson() {
        return this == JSONB || this == JSON;
    }

    /** The narrowest type for values of these kinds. */
    static ColumnType of(int kinds) {
        for (ColumnType type : new ColumnType[] {BOOLEAN, BIGINT, NUMERIC, TEXT}) {
            if ((kinds & ~type.kinds) == 0) {
                return type;
            }
        }
        return JSONB;
    }

    /** The narrowest type that holds what this one holds and values of these kinds too. */
    ColumnType and(int more) {
        return (more & ~kinds) == 0 ? this : of(kinds | more);
    }

    /** An expression that turns {@code column}, of this type, into type {@code wider} without changing a value. */
    String widened(String column, ColumnType wider) {
        String text = switch (this) {
            case TIMESTAMP -> "to_char(" + column + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
            case DATE -> "to_char(" + column + ", 'YYYY-MM-DD')";
            default -> column;
        };
        return switch (wider) {
            case TEXT -> text;
            case JSONB -> "to_jsonb(" + text + ")";
            case JSON -> this == JSONB ? "CAST(CAST(" + column + " AS text) AS json)" : "to_json(" + text + ")";
            default -> "CAST(" + column + " AS " + wider.sql + ")";
        };
    }
}
