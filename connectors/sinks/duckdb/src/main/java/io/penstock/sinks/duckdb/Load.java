package io.penstock.sinks.duckdb;

import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.record.Pointer;
import io.penstock.record.StreamId;
import io.penstock.sinks.duckdb.Columns.Column;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The bulk statement of one commit: which lines are read, and how each column comes out of them.
 *
 * @param lines the files, read in order
 * @param columns the columns that occur in it
 * @param asText fields whose values are texts that hold JSON
 * @param longest bytes of its longest line
 */
record Load(List<Path> lines, List<Column> columns, Set<String> asText, long longest) {

    private static final long LEAST = 1 << 20;
    private static final int MOST_REJECTED = 100_000;

    /** The names of the columns, for an insert. */
    String names() {
        return columns.stream().map(column -> Sql.name(column.name())).collect(Collectors.joining(", "));
    }

    /** The columns as expressions on {@link #source}. */
    String expressions() {
        return columns.stream()
                .map(column -> expression(column) + " AS " + Sql.name(column.name()))
                .collect(Collectors.joining(", "));
    }

    /** The lines as a table. */
    String source() {
        String types = columns.stream()
                .map(column -> Sql.text(column.name()) + ": " + Sql.text(readAs(column)))
                .collect(Collectors.joining(", "));
        String files = lines.stream().map(file -> Sql.text(file.toString())).collect(Collectors.joining(", "));
        return "read_json([" + files + "], format = 'newline_delimited', records = true, maximum_object_size = "
                + Math.max(LEAST, longest + 1) + ", columns = {" + types + "})";
    }

    /** The same lines as other columns. */
    Load of(List<Column> others) {
        return new Load(lines, others, asText, longest);
    }

    /** Whether a column is not called as its field, so that the lines cannot be read as they are. */
    boolean isRenamed() {
        return columns.stream().anyMatch(column -> !column.name().equals(column.field()));
    }

    private String readAs(Column column) {
        boolean text = isTime(column) || asText.contains(column.field());
        return text ? ColumnType.VARCHAR.sql() : column.type().sql();
    }

    /** Whether the column's values are checked by us, because DuckDB would cut off what does not fit. */
    static boolean isTime(Column column) {
        return column.type() == ColumnType.TIMESTAMP || column.type() == ColumnType.DATE;
    }

    private String expression(Column column) {
        String value = Sql.name(column.name());
        if (isTime(column)) {
            return "CAST(" + checked(column) + " AS " + column.type().sql() + ")";
        }
        return asText.contains(column.field()) ? "CAST(" + value + " AS JSON)" : value;
    }

    /** The text of a time, null where there is none, or one that cannot be cast if DuckDB would cut off a part of it. */
    static String checked(Column column) {
        String value = Sql.name(column.name());
        String fits = column.type() == ColumnType.DATE
                ? "length(" + value + ") = 10"
                : "length(" + value + ") <= 27 OR NOT regexp_matches(" + value + ", '[.,][0-9]{6}[0-9]*[1-9]')";
        return "CASE WHEN " + value + " IS NULL OR " + fits + " THEN " + value + " ELSE 'does not fit' END";
    }

    /**
     * After the statement was refused, reads the lines again and looks for a time that is finer than its column.
     *
     * @return its column; empty if no value is to blame
     * @throws RecordRejected naming field and record if a value is no time at all
     */
    Optional<Column> finer(Session session, StreamId stream) throws SQLException {
        for (Column column : columns) {
            if (isTime(column)) {
                String value = Sql.name(column.name());
                String type = column.type().sql();
                String lines = "(SELECT " + value + ", row_number() OVER () AS _row FROM " + source() + ")";
                String unfit = " FROM " + lines + " WHERE " + value + " IS NOT NULL AND TRY_CAST(";
                List<Long> bad = session.query(
                        "SELECT _row" + unfit + value + " AS " + type + ") IS NULL ORDER BY _row LIMIT "
                                + MOST_REJECTED,
                        row -> row.getLong(1));
                if (!bad.isEmpty()) {
                    throw rejected(stream, column, bad);
                }
                if (!session.query("SELECT 1" + unfit + checked(column) + " AS " + type + ") IS NULL LIMIT 1", row -> 1)
                        .isEmpty()) {
                    return Optional.of(column);
                }
            }
        }
        return Optional.empty();
    }

    private static RecordRejected rejected(StreamId stream, Column column, List<Long> rows) {
        String expected =
                column.type() == ColumnType.DATE ? "a date such as 2026-01-31" : "a time such as 2026-01-31T12:00:00Z";
        return new RecordRejected(
                "expected " + expected + " in the field " + column.field() + " of " + stream
                        + ", found something else in record " + rows.get(0)
                        + " of the commit: nothing of the commit was written; correct the"
                        + " schema of the stream or the data, or say on_record_error: skip or dead_letter",
                new Pointer(List.of(column.field())).toString(),
                rows.stream().map(row -> row - 1).toList());
    }
}
