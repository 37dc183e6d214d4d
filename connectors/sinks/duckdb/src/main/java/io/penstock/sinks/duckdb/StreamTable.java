package io.penstock.sinks.duckdb;

import io.penstock.columns.ColumnType;
import io.penstock.columns.Columns;
import io.penstock.columns.Columns.Column;
import io.penstock.columns.Load;
import io.penstock.columns.Session;
import io.penstock.columns.Sql;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.StateFailure.SinkRegressed;
import io.penstock.record.Shape;
import io.penstock.record.StreamInfo;
import io.penstock.sink.KillPoint;
import io.penstock.sinks.duckdb.Ledger.TableEntry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table of a stream, or the one that is to take its place. Confined to the writer thread.
 */
final class StreamTable {

    /** Names with this beginning are ours. */
    static final String RESERVED = "_penstock_";

    private static final String NEXT = RESERVED + "next_";

    private final Session session;
    private final Ledger ledger;
    private final String schema;
    private final StreamInfo stream;
    private final boolean next;
    private final String name;
    private boolean exists;
    private Columns columns;
    private @Nullable Column marker;

    /**
     * Finds the table, or the columns it is to have.
     *
     * @throws ConfigError if its name is taken by somebody else
     * @throws SinkRegressed if it was dropped
     * @throws SinkPermanent if its columns were changed by somebody else
     */
    StreamTable(Session session, Ledger ledger, String schema, StreamInfo stream, boolean next) throws SQLException {
        this.session = session;
        this.ledger = ledger;
        this.schema = schema;
        this.stream = stream;
        this.next = next;
        Optional<TableEntry> entry = ledger.entry(stream.id(), next);
        this.name = entry.map(TableEntry::name)
                .orElseGet(() -> (next ? NEXT : "") + stream.id().name());
        this.columns = entry.map(TableEntry::columns)
                .orElseGet(() -> stream.schema().map(Columns::ofSchema).orElse(Columns.NONE));
        this.exists = new TableCheck(session, ledger, schema, stream.id()).exists(name, entry.map(TableEntry::columns));
    }

    /** Its columns. */
    Columns columns() {
        return columns;
    }

    /** Its quoted name. */
    String qualified() {
        return Sql.name(schema, name);
    }

    /**
     * Finds out whether tombstones are all that carries the field which marks them. Then it is read but gets no column, so that the
     * table equals one that never saw a tombstone.
     */
    void mark(Shape shape, Path lines, long longest) throws SQLException {
        marker = null;
        Optional<String> field = stream.deletedField()
                .filter(shape.fields()::containsKey)
                .filter(name -> !columns.byField().containsKey(name))
                .filter(name -> shape.fields().keySet().stream().noneMatch(other -> collides(name, other)));
        boolean objects = shape.fields().values().stream().noneMatch(kinds -> (kinds & Shape.NOT_AN_OBJECT) != 0);
        if (field.isPresent() && objects) {
            Column only = new Column(field.get(), field.get(), ColumnType.JSON);
            Load marks = new Load(List.of(lines), List.of(only), Set.of(), longest);
            String living = "SELECT 1 FROM " + marks.source() + " WHERE CAST(" + Sql.name(only.name())
                    + " AS VARCHAR) NOT IN ('true', 'null') LIMIT 1";
            marker = session.query(living, row -> 1).isEmpty() ? only : null;
        }
    }

    /** DuckDB does not tell capital letters from small ones. */
    private static boolean collides(String name, String other) {
        return !name.equals(other) && name.equalsIgnoreCase(other);
    }

    /** The columns, and the mark of tombstones where it is none. */
    Columns readable() {
        return marker == null ? columns : columns.with(marker.field(), marker.type());
    }

    /** Makes it hold values of the kinds seen, in a transaction of its own. */
    void grow(Shape shape, long records, Set<String> inexact, Set<String> wide) throws SQLException {
        Columns wanted = columns.grown(shape, inexact, wide);
        wanted = marker == null ? wanted : wanted.without(marker.field());
        if (wanted.byField().isEmpty() && records > 0) {
            wanted = wanted.with(Columns.VALUE, ColumnType.JSON); // records without any field are rows nevertheless
        }
        become(exactly(wanted));
    }

    /** Makes a column of times one of text, for times that are finer than the column holds. */
    void keepAsText(Column column) throws SQLException {
        become(columns.with(column.field(), ColumnType.VARCHAR));
    }

    /** Integers become floating point only if none of those already there would be rounded. */
    private Columns exactly(Columns wanted) throws SQLException {
        Columns exact = wanted;
        for (Column old : columns.all()) {
            Column fresh = wanted.byField().get(old.field());
            boolean integers = old.type() == ColumnType.BIGINT || old.type() == ColumnType.HUGEINT;
            if (exists && integers && fresh != null && fresh.type() == ColumnType.DOUBLE) {
                String column = Sql.name(old.name());
                long wide = session.query(
                                "SELECT count(*) FROM " + qualified() + " WHERE " + column + " NOT BETWEEN "
                                        + "-9007199254740992 AND 9007199254740992",
                                row -> row.getLong(1))
                        .get(0);
                exact = wide > 0 ? exact.with(old.field(), ColumnType.JSON) : exact;
            }
        }
        return exact;
    }

    private void become(Columns wanted) throws SQLException {
        if (wanted.byField().isEmpty() || (exists && wanted.equals(columns))) {
            return;
        }
        session.transaction(() -> {
            if (exists) {
                for (Column column : wanted.all()) {
                    change(columns.byField().get(column.field()), column);
                }
            } else {
                session.execute("CREATE TABLE " + qualified() + " (" + definitions(wanted) + ")");
            }
            ledger.record(stream.id(), next, new TableEntry(name, wanted));
        });
        KillPoint.reach("duckdb.schema.committed");
        session.checkpoint(); // some schema changes cannot be replayed from the log
        KillPoint.reach("duckdb.schema.done");
        exists = true;
        columns = wanted;
    }

    private static String definitions(Columns columns) {
        return columns.all().stream()
                .map(column -> Sql.name(column.name()) + " " + column.type().sql())
                .collect(Collectors.joining(", "));
    }

    private void change(@Nullable Column old, Column fresh) throws SQLException {
        String column = Sql.name(fresh.name());
        if (old == null) {
            session.execute("ALTER TABLE " + qualified() + " ADD COLUMN " + column + " "
                    + fresh.type().sql());
        } else if (old.type() != fresh.type()) {
            session.execute("ALTER TABLE " + qualified() + " ALTER " + column + " SET DATA TYPE "
                    + fresh.type().sql() + " USING " + old.type().widened(column, fresh.type()));
        }
    }

    /** Takes the lines of {@code load}, inside a transaction. */
    void append(Load load) throws SQLException {
        session.execute("INSERT INTO " + qualified() + " (" + load.names() + ") SELECT " + load.expressions() + " FROM "
                + load.source());
    }

    /**
     * Takes the lines of {@code load} by primary key, inside a transaction: of each key the last one, tombstones remove.
     *
     * @throws RecordRejected if a record has no key
     */
    void upsert(Load load) throws SQLException {
        new Upsert(session, stream, this).take(load);
    }

    /** Whether {@code column} is read only to find tombstones. */
    boolean isMarker(Column column) {
        return column.equals(marker);
    }

    /** Takes the place of {@code old}, inside a transaction; without any row of its own it empties it. */
    void replace(StreamTable old) throws SQLException {
        if (!exists) {
            if (old.exists) {
                session.execute("DELETE FROM " + old.qualified());
            }
            return;
        }
        session.execute("DROP TABLE IF EXISTS " + old.qualified());
        session.execute("ALTER TABLE " + qualified() + " RENAME TO " + Sql.name(old.name));
        ledger.record(stream.id(), true, null);
        ledger.record(stream.id(), false, new TableEntry(old.name, columns));
    }

    /** How many rows it has. */
    long rows() throws SQLException {
        return exists
                ? session.query("SELECT count(*) FROM " + qualified(), row -> row.getLong(1))
                        .get(0)
                : 0;
    }

    /** The columns of those fields that occur in {@code shape} with a value; of one at least, so that rows are counted. */
    List<Column> occurring(Shape shape) {
        Set<String> fields = new HashSet<>();
        shape.fields().forEach((field, kinds) -> {
            if ((kinds & ~Shape.NULL) != 0) {
                fields.add((kinds & Shape.NOT_AN_OBJECT) != 0 ? Columns.VALUE : field);
            }
        });
        List<Column> all = readable().all().stream()
                .filter(column -> fields.contains(column.field()))
                .toList();
        return all.isEmpty() ? columns.all().stream().limit(1).toList() : all;
    }
}
