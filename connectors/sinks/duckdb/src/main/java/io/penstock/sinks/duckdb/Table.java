package io.penstock.sinks.duckdb;

import io.penstock.record.StreamId;

/**
 * A table of one stream.
 *
 * @param stream whose rows it holds
 * @param generation {@link StateTable#CURRENT} or {@link StateTable#NEXT}
 * @param schema the database schema it stands in
 * @param name its name
 */
record Table(StreamId stream, int generation, String schema, String name) {

    static Table of(StreamId stream, int generation, String schema) {
        String name = generation == StateTable.CURRENT ? stream.name() : "_penstock_next_" + stream.name();
        return new Table(stream, generation, schema, name);
    }

    /** As it stands in SQL. */
    String sql() {
        return Sql.name(schema) + "." + Sql.name(name);
    }

    Object[] key() {
        return new Object[] {stream.connection().name(), stream.name(), generation};
    }
}
