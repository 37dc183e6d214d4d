package io.penstock.sinks.postgres;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.error.DataRejected.SchemaViolation;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.StateFailure.SinkRegressed;
import io.penstock.record.Shape;
import io.penstock.record.StreamInfo;
import io.penstock.sink.KillPoint;
import io.penstock.sinks.postgres.Columns.Column;
import io.penstock.sinks.postgres.CopyRows.DoesNotFit;
import io.penstock.sinks.postgres.Ledger.TableEntry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table of a stream, or the one that is to take its place. Confined to the writer thread. */
final class StreamTable {

    /** Names with this beginning are ours. */
    static final String RESERVED = "_penstock_";

    private static final String NEXT = RESERVED + "next_";
    private static final int MOST_COLUMNS = 1600;

    private static final String GRANTS =
            "SELECT CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(r.rolname) END, a.privilege_type, a.is_grantable"
                    + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN aclexplode(c.relacl) a"
                    + " LEFT JOIN pg_roles r ON r.oid = a.grantee"
                    + " WHERE n.nspname = ? AND c.relname = ? AND a.grantee <> c.relowner";

    private final Session session;
    private final Ledger ledger;
    private final TableCheck check;
    private final String schema;
    private final StreamInfo stream;
    private final boolean next;
    private final String name;
    private boolean exists;
    private Columns columns;

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
        this.check = new TableCheck(session, ledger, schema, stream.id());
        Optional<TableEntry> entry = ledger.entry(stream.id(), next);
        this.name = entry.map(TableEntry::name)
                .orElseGet(() -> Sql.fitting((next ? NEXT : "") + stream.id().name(), taken -> false));
        this.columns = entry.map(TableEntry::columns)
                .orElseGet(() -> stream.schema().map(Columns::ofSchema).orElse(Columns.NONE));
        this.exists = check.exists(name, entry.map(TableEntry::columns));
    }

    Columns columns() {
        return columns;
    }

    StreamInfo stream() {
        return stream;
    }

    /** Its name, for statements. */
    String qualified() {
        return Sql.name(schema, name);
    }

    /** The name of the index that keeps keys unique, for statements. */
    private String index() {
        return Sql.fitting(RESERVED + "key_" + name, taken -> false);
    }

    /**
     * Makes it hold values of the kinds seen, in a transaction of its own.
     *
     * @param without a field that gets no column
     */
    void grow(Shape shape, long records, Optional<String> without, long epoch) throws SQLException {
        Columns wanted =
                shape.fields().size() > MOST_COLUMNS ? tooMany(shape.fields().size()) : columns.grown(shape);
        if (without.isPresent()) {
            wanted = wanted.without(without.get());
        }
        if (wanted.byField().isEmpty() && records > 0) {
            wanted = wanted.with(Columns.VALUE, ColumnType.JSONB); // records without any field are rows nevertheless
        }
        if (wanted.byField().size() > MOST_COLUMNS) {
            tooMany(wanted.byField().size());
        }
        become(wanted, epoch);
    }

    private Columns tooMany(int fields) {
        throw new SchemaViolation("the records of " + stream.id() + " have " + fields
                + " fields, but a table of PostgreSQL has at most " + MOST_COLUMNS
                + " columns: select fewer fields, or let the source nest them");
    }

    /**
     * Gives the column that a value does not fit into its wider type.
     *
     * @throws RecordRejected if rows are told apart by it
     */
    void widen(DoesNotFit value, boolean keyed, long epoch) throws SQLException {
        Column column = value.column();
        if (keyed && value.wider() == ColumnType.JSON && stream.primaryKey().contains(column.field())) {
            throw new RecordRejected("the field " + column.field() + " of the primary key of " + stream.id()
                    + " holds the character U+0000, by which PostgreSQL cannot tell rows apart: append or replace the"
                    + " stream, or correct the data");
        }
        become(columns.with(column.field(), value.wider()), epoch);
    }

    private void become(Columns wanted, long epoch) throws SQLException {
        if (wanted.byField().isEmpty() || (exists && wanted.equals(columns))) {
            return;
        }
        session.transaction(() -> {
            ledger.requireEpoch(stream.id().connection(), epoch);
            session.execute(
                    exists ? altered(wanted) : "CREATE TABLE " + qualified() + " (" + definitions(wanted) + ")");
            ledger.record(stream.id(), next, new TableEntry(name, wanted));
            KillPoint.reach("postgres.schema.altered");
        });
        KillPoint.reach("postgres.schema.committed");
        exists = true;
        columns = wanted;
    }

    private static String definitions(Columns columns) {
        return columns.all().stream()
                .map(column -> Sql.name(column.name()) + " " + column.type().sql())
                .collect(Collectors.joining(", "));
    }

    private String altered(Columns wanted) {
        List<String> changes = new ArrayList<>();
        for (Column fresh : wanted.all()) {
            Column old = columns.byField().get(fresh.field());
            String column = Sql.name(fresh.name());
            String type = fresh.type().sql();
            if (old == null) {
                changes.add("ADD COLUMN " + column + " " + type);
            } else if (old.type() != fresh.type()) {
                changes.add("ALTER COLUMN " + column + " TYPE " + type + " USING "
                        + old.type().widened(column, fresh.type()));
            }
        }
        return "ALTER TABLE " + qualified() + " " + String.join(", ", changes);
    }

    /**
     * Keeps keys unique, by an index of ours unless there is one already, so that rows can be found by their key.
     *
     * @throws SinkPermanent if rows that were appended before repeat a key
     */
    void requireKey(long epoch) throws SQLException {
        List<String> names = keyNames();
        if (!exists || names.isEmpty() || isUnique(names)) {
            return;
        }
        String list = names.stream().map(Sql::name).collect(Collectors.joining(", "));
        try {
            session.transaction(() -> {
                ledger.requireEpoch(stream.id().connection(), epoch);
                session.execute("CREATE UNIQUE INDEX " + Sql.name(index()) + " ON " + qualified() + " (" + list + ")");
            });
        } catch (SQLException failure) {
            if (SqlFailures.isDuplicate(failure)) {
                throw new SinkPermanent(
                        "the table " + name + " holds several rows with the same " + list
                                + ", so that it cannot be upserted by that: delete the doubled rows, or read the stream"
                                + " once with mode: replace",
                        failure);
            }
            throw failure;
        }
    }

    /** The columns of the primary key; empty if one of them was in no record so far. */
    private List<String> keyNames() {
        List<String> names = new ArrayList<>();
        for (String field : stream.primaryKey()) {
            Column column = columns.byField().get(field);
            if (column == null) {
                return List.of();
            }
            names.add(column.name());
        }
        return names;
    }

    private boolean isUnique(List<String> names) throws SQLException {
        List<String> unique = session.query(
                "SELECT string_agg(a.attname, chr(1)) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid"
                        + " AND a.attnum = ANY (i.indkey) WHERE i.indrelid = CAST(? AS regclass) AND i.indisunique"
                        + " AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL GROUP BY i.indexrelid",
                row -> row.getString(1),
                qualified());
        Set<String> wanted = new HashSet<>(names);
        return unique.stream().anyMatch(found -> wanted.equals(Set.of(found.split("\u0001", -1))));
    }

    /** Takes our index away, for records that may repeat a key. */
    void dropKey(long epoch) throws SQLException {
        String found = "SELECT 1 FROM pg_indexes WHERE schemaname = ? AND tablename = ? AND indexname = ?";
        if (exists && !session.query(found, row -> 1, schema, name, index()).isEmpty()) {
            session.transaction(() -> {
                ledger.requireEpoch(stream.id().connection(), epoch);
                session.execute("DROP INDEX " + Sql.name(schema, index()));
            });
        }
    }

    /** Proves that nobody has changed it, inside a transaction that has written to it. */
    void requireUnchanged() throws SQLException {
        if (exists) {
            check.requireUnchanged(name, columns);
        }
    }

    /** Takes the place of {@code old}, inside a transaction; without any row of its own it empties it. */
    void replace(StreamTable old) throws SQLException {
        if (!exists) {
            if (old.exists) {
                session.execute("TRUNCATE " + old.qualified());
            }
            return;
        }
        if (old.exists) {
            grantAsOn(old);
        }
        session.execute("DROP TABLE IF EXISTS " + old.qualified());
        session.execute("ALTER TABLE " + qualified() + " RENAME TO " + Sql.name(old.name));
        ledger.record(stream.id(), true, null);
        ledger.record(stream.id(), false, new TableEntry(old.name, columns));
    }

    /** What others may do with the old table, they may do with this one. */
    private void grantAsOn(StreamTable old) throws SQLException {
        for (String grant : session.query(
                GRANTS,
                row -> "GRANT " + row.getString(2) + " ON " + qualified() + " TO " + row.getString(1)
                        + (row.getBoolean(3) ? " WITH GRANT OPTION" : ""),
                schema,
                old.name)) {
            session.execute(grant);
        }
    }

    /** How many rows it has; null if counting them would take long. */
    @Nullable Long rows() throws SQLException {
        if (!exists) {
            return 0L;
        }
        boolean small = session.query(
                        "SELECT pg_relation_size(CAST(? AS regclass)) < 1073741824",
                        row -> row.getBoolean(1),
                        qualified())
                .get(0);
        return small
                ? session.query("SELECT count(*) FROM " + qualified(), row -> row.getLong(1))
                        .get(0)
                : null;
    }

    /** The columns of those fields that occur in {@code shape} with a value; of one at least, so that rows are counted. */
    List<Column> occurring(Shape shape) {
        Set<String> fields = new HashSet<>();
        shape.fields().forEach((field, kinds) -> {
            if ((kinds & ~Shape.NULL) != 0) {
                fields.add((kinds & Shape.NOT_AN_OBJECT) != 0 ? Columns.VALUE : field);
            }
        });
        List<Column> all = columns.all().stream()
                .filter(column -> fields.contains(column.field()))
                .toList();
        return all.isEmpty() ? columns.all().stream().limit(1).toList() : all;
    }
}
