package io.penstock.sinks.duckdb;

import io.penstock.columns.Columns.Column;
import io.penstock.columns.Load;
import io.penstock.columns.Session;
import io.penstock.columns.Sql;
import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.record.Pointer;
import io.penstock.record.StreamInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Puts records in the place of those with the same primary key. Confined to the writer thread. */
final class Upsert {

    private static final int MOST = 100_000;

    private final Session session;
    private final StreamInfo stream;
    private final StreamTable table;

    Upsert(Session session, StreamInfo stream, StreamTable table) {
        this.session = session;
        this.stream = stream;
        this.table = table;
    }

    /**
     * Takes the lines of {@code load} by primary key, inside a transaction: of each key the last one, tombstones remove.
     *
     * @throws RecordRejected if a record has no key
     */
    void take(Load load) throws SQLException {
        List<String> keys = new ArrayList<>();
        for (String field : stream.primaryKey()) {
            Column column = table.columns().byField().get(field);
            if (column == null || !load.columns().contains(column)) {
                throw keyless(field, List.of());
            }
            keys.add(Sql.name(column.name()));
        }
        String fresh = "temp." + Sql.name(StreamTable.RESERVED + "fresh");
        String row = Sql.name(StreamTable.RESERVED + "row");
        session.execute("CREATE OR REPLACE TEMP TABLE " + Sql.name(StreamTable.RESERVED + "fresh") + " AS SELECT "
                + load.expressions() + ", row_number() OVER () AS " + row + " FROM " + load.source());
        requireKeys(fresh, row, keys);
        session.execute("DELETE FROM " + fresh + " WHERE " + row + " NOT IN (SELECT max(" + row + ") FROM " + fresh
                + " GROUP BY " + String.join(", ", keys) + ")");
        String same = keys.stream().map(key -> "old." + key + " = fresh." + key).collect(Collectors.joining(" AND "));
        session.execute("DELETE FROM " + table.qualified() + " AS old USING " + fresh + " AS fresh WHERE " + same);
        String kept = load.columns().stream()
                .filter(column -> !table.isMarker(column))
                .map(column -> Sql.name(column.name()))
                .collect(Collectors.joining(", "));
        session.execute("INSERT INTO " + table.qualified() + " (" + kept + ") SELECT " + kept + " FROM " + fresh
                + alive(load) + " ORDER BY " + row);
        session.execute("DROP TABLE " + fresh);
    }

    private void requireKeys(String fresh, String row, List<String> keys) throws SQLException {
        for (int i = 0; i < keys.size(); i++) {
            String missing = "SELECT " + row + " - 1 FROM " + fresh + " WHERE " + keys.get(i)
                    + " IS NULL ORDER BY 1 LIMIT " + MOST;
            List<Long> positions = session.query(missing, found -> found.getLong(1));
            if (!positions.isEmpty()) {
                throw keyless(stream.primaryKey().get(i), positions);
            }
        }
    }

    private RecordRejected keyless(String field, List<Long> positions) {
        return new RecordRejected(
                "expected the field " + field + " of the primary key in every record of " + stream.id()
                        + ", found a record without it: append or replace the stream, or correct its primary key",
                new Pointer(List.of(field)).toString(),
                positions);
    }

    private String alive(Load load) {
        return stream.deletedField()
                .map(field -> table.readable().byField().get(field))
                .filter(load.columns()::contains)
                .map(column -> " WHERE CAST(" + Sql.name(column.name()) + " AS VARCHAR) IS DISTINCT FROM 'true'")
                .orElse("");
    }
}
