package io.penstock.sinks.postgres;

import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.record.RecordScan;
import io.penstock.record.StreamInfo;
import io.penstock.sinks.postgres.Columns.Column;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.postgresql.copy.CopyIn;

/** Turns lines of JSON into rows of a COPY, in one pass. For one thread. */
final class CopyRows {

    /** A value that its column would change: the column must become a wider one before the commit is tried again. */
    static final class DoesNotFit extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Column column;
        private final ColumnType wider;

        DoesNotFit(Column column, ColumnType wider) {
            super(column.field() + " does not fit into " + column.type(), null, false, false);
            this.column = column;
            this.wider = wider;
        }

        /** The column as it is. */
        Column column() {
            return column;
        }

        /** What it must become. */
        ColumnType wider() {
            return wider;
        }
    }

    private static final int CHUNK = 128 << 10;

    private final StreamInfo stream;
    private final Column[] columns;
    private final boolean[] keys;
    private final boolean numbered;
    private final RecordScan scan;
    private byte[] in = new byte[2 * CHUNK];
    private long row;

    /**
     * For one load.
     *
     * @param columns in the order of the COPY
     * @param keys the fields that no record may lack
     * @param numbered whether each row begins with its number
     */
    CopyRows(StreamInfo stream, List<Column> columns, Set<String> keys, boolean numbered) {
        this.stream = stream;
        this.columns = columns.toArray(Column[]::new);
        this.keys = new boolean[this.columns.length];
        for (int i = 0; i < this.keys.length; i++) {
            this.keys[i] = keys.contains(this.columns[i].field());
        }
        this.numbered = numbered;
        this.scan = RecordScan.of(columns.stream().map(Column::field).toList());
    }

    /**
     * Sends all of {@code lines}.
     *
     * @throws DoesNotFit if a column must become wider first
     * @throws RecordRejected naming field and record if a value cannot be taken
     */
    void send(InputStream lines, CopyIn to) throws IOException, SQLException {
        CopyText out = new CopyText(to);
        int held = 0;
        for (int more = read(lines, held); more > 0; more = read(lines, held)) {
            held += more;
            int done = rows(held, held - more, out);
            System.arraycopy(in, done, in, 0, held - done);
            held -= done;
        }
        out.flush();
    }

    private int read(InputStream lines, int held) throws IOException {
        if (in.length - held < CHUNK) {
            in = Arrays.copyOf(in, 2 * in.length);
        }
        return lines.read(in, held, in.length - held);
    }

    /** Writes the whole lines among the first {@code held} bytes, none of which ends before {@code unseen}; gives their end. */
    private int rows(int held, int unseen, CopyText out) throws IOException, SQLException {
        int start = 0;
        for (int i = unseen; i < held; i++) {
            if (in[i] == '\n') {
                row(start, i, out);
                start = i + 1;
            }
        }
        return start;
    }

    private void row(int from, int to, CopyText out) throws IOException, SQLException {
        row++;
        boolean object = scan.scan(in, from);
        if (numbered) {
            out.number(row);
        }
        for (int i = 0; i < columns.length; i++) {
            if (i > 0 || numbered) {
                out.next();
            }
            if (scan.has(i)) {
                value(columns[i], scan.start(i), scan.end(i), out);
            } else if (!object && columns[i].field().equals(Columns.VALUE)) {
                value(columns[i], from, to, out);
            } else if (keys[i]) {
                throw keyless(columns[i]);
            } else {
                out.none();
            }
        }
        out.end();
    }

    private void value(Column column, int from, int to, CopyText out) {
        switch (column.type()) {
            case BOOLEAN -> out.plain(in, from, required(column, "tf", from, to));
            case BIGINT, NUMERIC -> out.plain(in, from, required(column, "-0123456789", from, to));
            case TEXT -> out.text(column, in, from + 1, required(column, "\"", from, to) - 1);
            case TIMESTAMP, DATE -> time(column, from + 1, required(column, "\"", from, to) - 1, out);
            default -> out.json(column, in, from, to);
        }
    }

    /** The end of the value, if it begins as values of the column do. */
    private int required(Column column, String beginnings, int from, int to) {
        if (beginnings.indexOf(in[from]) < 0) {
            throw new DoesNotFit(column, ColumnType.JSONB);
        }
        return to;
    }

    private void time(Column column, int from, int to, CopyText out) {
        switch (Times.judge(in, from, to, column.type())) {
            case EXACT -> out.plain(in, from, to);
            case AS_TEXT -> throw new DoesNotFit(column, ColumnType.TEXT);
            default -> throw timeless(column);
        }
    }

    private RecordRejected timeless(Column column) {
        String expected =
                column.type() == ColumnType.DATE ? "a date such as 2026-01-31" : "a time such as 2026-01-31T12:00:00Z";
        return new RecordRejected("expected " + expected + " in the field " + column.field() + " of " + stream.id()
                + ", found something else in record " + row
                + " of the commit: nothing of the commit was written; correct the schema of the stream or the data");
    }

    private RecordRejected keyless(Column column) {
        return new RecordRejected("expected the field " + column.field() + " of the primary key in every record of "
                + stream.id() + ", found none in record " + row
                + " of the commit: append or replace the stream, or correct its primary key");
    }
}
