package io.penstock.sinks.postgres;

import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.sinks.postgres.Columns.Column;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts records in the place of those with the same primary key, by way of a temporary table. Confined to the writer thread. */
final class Upsert {

    private static final String FRESH = "pg_temp." + Sql.name(StreamTable.RESERVED + "fresh");
    private static final String ROW = Sql.name(StreamTable.RESERVED + "row");

    private final Session session;
    private final StreamTable table;
    private final List<Column> columns;
    private final Optional<Column> deleted;

    /**
     * For one load.
     *
     * @param columns those of the records that the table has
     * @param deleted the one that marks tombstones, in the table or not; empty if no record has it
     */
    Upsert(Session session, StreamTable table, List<Column> columns, Optional<Column> deleted) {
        this.session = session;
        this.table = table;
        this.columns = columns;
        this.deleted = deleted;
    }

    /** Everything that is copied into the temporary table. */
    List<Column> staged() {
        return Stream.concat(columns.stream(), deleted.stream().filter(column -> !columns.contains(column)))
                .toList();
    }

    /** Makes the temporary table, inside a transaction, and gives the COPY that fills it. */
    String prepare() throws SQLException {
        requireKeys();
        session.execute("CREATE TEMPORARY TABLE " + Sql.name(StreamTable.RESERVED + "fresh") + " (" + ROW + " bigint, "
                + staged().stream()
                        .map(column ->
                                Sql.name(column.name()) + " " + column.type().sql())
                        .collect(Collectors.joining(", "))
                + ") ON COMMIT DROP");
        return "COPY " + FRESH + " (" + ROW + ", " + names(staged()) + ") FROM STDIN";
    }

    private void requireKeys() {
        for (String field : table.stream().primaryKey()) {
            if (columns.stream().noneMatch(column -> column.field().equals(field))) {
                throw new RecordRejected("expected the field " + field + " of the primary key in every record of "
                        + table.stream().id()
                        + ", found no record with it: append or replace the stream, or correct its primary key");
            }
        }
    }

    /** Of each key the last record takes the place of the row, a tombstone removes it. */
    void merge() throws SQLException {
        String keys = keys().stream().map(Sql::name).collect(Collectors.joining(", "));
        String last =
                "(SELECT DISTINCT ON (" + keys + ") * FROM " + FRESH + " ORDER BY " + keys + ", " + ROW + " DESC)";
        if (deleted.isPresent()) {
            String same = keys().stream()
                    .map(Sql::name)
                    .map(key -> "old." + key + " = last." + key)
                    .collect(Collectors.joining(" AND "));
            session.execute("DELETE FROM " + table.qualified() + " AS old USING " + last + " AS last WHERE " + same
                    + " AND " + mark() + " = 'true'");
        }
        String alive = deleted.isPresent() ? " WHERE " + mark() + " IS DISTINCT FROM 'true'" : "";
        session.execute("INSERT INTO " + table.qualified() + " (" + names(columns) + ") SELECT " + names(columns)
                + " FROM " + last + " AS last" + alive + " ON CONFLICT (" + keys + ") DO " + replacement());
    }

    private String mark() {
        return deleted.map(column -> "CAST(last." + Sql.name(column.name()) + " AS text)")
                .orElse("NULL");
    }

    /** Fields that the record does not have are not those of the row before it. */
    private String replacement() {
        List<String> sets = new ArrayList<>();
        for (Column column : table.columns().all()) {
            if (!table.stream().primaryKey().contains(column.field())) {
                String name = Sql.name(column.name());
                sets.add(name + " = " + (columns.contains(column) ? "EXCLUDED." + name : "NULL"));
            }
        }
        return sets.isEmpty() ? "NOTHING" : "UPDATE SET " + String.join(", ", sets);
    }

    private List<String> keys() {
        return table.stream().primaryKey().stream()
                .flatMap(field ->
                        columns.stream().filter(column -> column.field().equals(field)))
                .map(Column::name)
                .toList();
    }

    /** The names of columns, for a list. */
    static String names(List<Column> columns) {
        return columns.stream().map(column -> Sql.name(column.name())).collect(Collectors.joining(", "));
    }
}
