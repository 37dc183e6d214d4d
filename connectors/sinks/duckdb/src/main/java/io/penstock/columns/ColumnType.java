package io.penstock.columns;

import io.penstock.record.Shape;

/**
 * The types of columns, with the kinds of JSON values that each holds without changing them.
 *
 * <p>{@link #JSON} holds everything: where types meet that have no better one in common, the column becomes JSON, in which
 * {@code 12} and {@code "12"} stay different.
 */
public enum ColumnType {
    /** True or false. */
    BOOLEAN("BOOLEAN", Shape.BOOLEAN),
    /** Integers of 64 bits. */
    BIGINT("BIGINT", Shape.LONG),
    /** Integers of 128 bits. */
    HUGEINT("HUGEINT", Shape.LONG | Shape.BIG_INTEGER),
    /** Numbers that read back digit for digit as a 64-bit floating point number; others make the column JSON. */
    DOUBLE("DOUBLE", Shape.LONG | Shape.DECIMAL),
    /** Instants, to the microsecond. */
    TIMESTAMP("TIMESTAMP WITH TIME ZONE", Shape.TEXT),
    /** Days. */
    DATE("DATE", Shape.TEXT),
    /** Text. */
    VARCHAR("VARCHAR", Shape.TEXT),
    /** Any JSON value as it is. */
    JSON("JSON", ~0);

    private final String sql;
    private final int kinds;

    ColumnType(String sql, int kinds) {
        this.sql = sql;
        this.kinds = kinds;
    }

    /** As DuckDB spells it. */
    public String sql() {
        return sql;
    }

    /** The narrowest type for values of these kinds. */
    public static ColumnType of(int kinds) {
        for (ColumnType type : new ColumnType[] {BOOLEAN, BIGINT, HUGEINT, DOUBLE, VARCHAR}) {
            if ((kinds & ~type.kinds) == 0) {
                return type;
            }
        }
        return JSON;
    }

    /** The narrowest type that holds what this one holds and values of these kinds too. */
    public ColumnType and(int more) {
        return (more & ~kinds) == 0 ? this : of(kinds | more);
    }

    /** An expression that turns {@code column}, of this type, into type {@code wider} without changing a value. */
    public String widened(String column, ColumnType wider) {
        if (wider == JSON || wider == VARCHAR) {
            String text = switch (this) {
                case TIMESTAMP -> "strftime(" + column + " AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')";
                case DATE -> "strftime(" + column + ", '%Y-%m-%d')";
                default -> column;
            };
            return wider == JSON ? "to_json(" + text + ")" : text;
        }
        return "CAST(" + column + " AS " + wider.sql + ")";
    }
}
