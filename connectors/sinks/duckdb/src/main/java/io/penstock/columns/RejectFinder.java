package io.penstock.columns;

import io.penstock.columns.Columns.Column;
import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.record.Pointer;
import io.penstock.record.StreamId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Reads the lines of a refused commit again, to find the value that does not fit. */
public final class RejectFinder {

    private static final int MOST = 100_000;

    private final Session session;
    private final StreamId stream;

    /** A finder for the lines of {@code stream}. */
    public RejectFinder(Session session, StreamId stream) {
        this.session = session;
        this.stream = stream;
    }

    /**
     * Looks for a time that is finer than its column.
     *
     * @return its column; empty if no value is to blame
     * @throws RecordRejected naming field and record if a value is no time at all
     */
    public Optional<Column> finer(Load load) throws SQLException {
        for (Column column : load.columns()) {
            if (Load.isTime(column)) {
                String value = Sql.name(column.name());
                String type = column.type().sql();
                String lines = "(SELECT " + value + ", row_number() OVER () AS _row FROM " + load.source() + ")";
                String unfit = " FROM " + lines + " WHERE " + value + " IS NOT NULL AND TRY_CAST(";
                List<Long> bad = session.query(
                        "SELECT _row" + unfit + value + " AS " + type + ") IS NULL ORDER BY _row LIMIT " + MOST,
                        row -> row.getLong(1));
                if (!bad.isEmpty()) {
                    throw rejected(column, bad);
                }
                if (!session.query(
                                "SELECT 1" + unfit + Load.checked(column) + " AS " + type + ") IS NULL LIMIT 1",
                                row -> 1)
                        .isEmpty()) {
                    return Optional.of(column);
                }
            }
        }
        return Optional.empty();
    }

    private RecordRejected rejected(Column column, List<Long> rows) {
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
