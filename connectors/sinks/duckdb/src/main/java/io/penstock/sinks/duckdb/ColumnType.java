package io.penstock.sinks.duckdb;

import io.penstock.record.Shape;

/** The types of columns, and which of them can hold which values without changing them. */
enum ColumnType {
    /** True or false. */
    BOOLEAN("BOOLEAN", Shape.BOOLEAN),
    /** An integer of 64 bits. */
    BIGINT("BIGINT", Shape.LONG | Shape.PRECISE),
    /** An integer of up to 38 digits. */
    HUGEINT("HUGEINT", Shape.LONG | Shape.BIG_INTEGER | Shape.PRECISE),
    /** A number of up to 15 digits: more would be rounded. */
    DOUBLE("DOUBLE", Shape.LONG | Shape.DECIMAL),
    /** A day. */
    DATE("DATE", Shape.TEXT),
    /** An instant, to the microsecond. */
    TIMESTAMPTZ("TIMESTAMPTZ", Shape.TEXT),
    /** An object or array, as JSON. */
    JSON("JSON", ~0),
    /** Text; or, where a field has values of several kinds, the JSON of each that is no text. */
    VARCHAR("VARCHAR", ~0);

    private static final int NUMBERS = Shape.LONG | Shape.DECIMAL;

    private final String sql;
    private final int accepts;

    ColumnType(String sql, int accepts) {
        this.sql = sql;
        this.accepts = accepts;
    }

    String sql() {
        return sql;
    }

    /** The narrowest type for a field of which only values of {@code kinds} are known. */
    static ColumnType of(int kinds) {
        int seen = kinds & ~Shape.NULL;
        for (ColumnType narrow : new ColumnType[] {BOOLEAN, BIGINT, HUGEINT, DOUBLE}) {
            if ((seen & ~narrow.accepts) == 0) {
                return narrow;
            }
        }
        return (seen & ~(Shape.OBJECT | Shape.ARRAY)) == 0 ? JSON : VARCHAR;
    }

    /** The type that holds what this one holds, and values of {@code kinds} as well. */
    ColumnType with(int kinds) {
        int more = kinds & ~Shape.NULL;
        if ((more & ~accepts) == 0) {
            return this;
        }
        if (this == BIGINT && (more & ~HUGEINT.accepts) == 0) {
            return HUGEINT;
        }
        return this == BIGINT && (more & ~NUMBERS) == 0 ? DOUBLE : VARCHAR;
    }
}
