package io.penstock.sinks.postgres;

import io.penstock.error.StateFailure.StateConflict;
import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.sink.Claim;
import io.penstock.sink.Commit;
import io.penstock.sink.Committed;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables that say who may write and where each slice stands. Confined to the writer thread. */
final class Ledger {

    /** The newest layout of these tables that this version knows. */
    private static final int FORMAT = 1;

    private static final String OWN = " WHERE connection = ? AND stream = ? AND slice = ? AND next = ?";
    private static final String OF_STREAM = " WHERE connection = ? AND stream = ?";

    private final Session session;
    private final String schema;

    /** Where a slice stands. */
    record Standing(long version, long epoch) {}

    /** A table of ours. */
    record TableEntry(String name, Columns columns) {

        static TableEntry of(String name, String json) {
            try {
                return new TableEntry(name, Columns.ofJson(json));
            } catch (IllegalArgumentException broken) {
                throw new StateCorrupt(
                        "the columns of " + name + " in _penstock_tables cannot be read: restore the database from a"
                                + " backup",
                        broken);
            }
        }
    }

    Ledger(Session session, String schema) {
        this.session = session;
        this.schema = schema;
    }

    private String table(String name) {
        return Sql.name(schema, StreamTable.RESERVED + name);
    }

    /** Makes the tables if they are missing, inside a transaction. */
    void prepare() throws SQLException {
        // Two that make the same table at the same time would fail, whatever IF NOT EXISTS says.
        long lock = ByteBuffer.wrap(Sql.digest("penstock tables\0" + schema)).getLong();
        session.query("SELECT pg_advisory_xact_lock(?)", row -> 1, lock);
        if (session.query("SELECT 1 FROM pg_namespace WHERE nspname = ?", row -> 1, schema)
                .isEmpty()) {
            session.execute("CREATE SCHEMA " + Sql.name(schema));
        }
        session.execute("CREATE TABLE IF NOT EXISTS " + table("meta") + " (format integer NOT NULL)");
        session.update("INSERT INTO " + table("meta") + " SELECT " + FORMAT + " WHERE NOT EXISTS (SELECT 1 FROM "
                + table("meta") + ")");
        List<Integer> formats = session.query("SELECT format FROM " + table("meta"), row -> row.getInt(1));
        if (!formats.equals(List.of(FORMAT))) {
            throw new StateCorrupt("the tables _penstock_* in schema " + schema + " have format " + formats
                    + ", but this version knows " + FORMAT + " only: use the version that wrote them, or a newer one");
        }
        session.execute("CREATE TABLE IF NOT EXISTS " + table("connections")
                + " (connection text PRIMARY KEY, epoch bigint NOT NULL)");
        session.execute("CREATE TABLE IF NOT EXISTS " + table("state")
                + " (connection text NOT NULL, stream text NOT NULL, slice text NOT NULL, next boolean NOT NULL,"
                + " version bigint NOT NULL, epoch bigint NOT NULL, cursor text,"
                + " PRIMARY KEY (connection, stream, slice, next))");
        session.execute("CREATE TABLE IF NOT EXISTS " + table("tables")
                + " (connection text NOT NULL, stream text NOT NULL, next boolean NOT NULL, name text NOT NULL,"
                + " columns text NOT NULL, PRIMARY KEY (connection, stream, next))");
    }

    /** Mints the next epoch of a connection, inside a transaction; waits for commits of a dead run that still end. */
    Claim claim(ConnectionId connection) throws SQLException {
        String name = connection.name();
        long epoch = session.query(
                        "INSERT INTO " + table("connections") + " AS known VALUES (?, 1) ON CONFLICT (connection)"
                                + " DO UPDATE SET epoch = known.epoch + 1 RETURNING epoch",
                        row -> row.getLong(1),
                        name)
                .get(0);
        Map<SliceId, Committed> committed = new HashMap<>();
        session.query(
                "SELECT stream, slice, version, cursor FROM " + table("state") + " WHERE connection = ? AND NOT next",
                row -> committed.put(
                        new StreamId(connection, row.getString(1)).slice(row.getString(2)),
                        new Committed(
                                row.getLong(3),
                                Optional.ofNullable(row.getString(4)).map(Cursor::new))),
                name);
        return new Claim(epoch, committed);
    }

    /**
     * Proves, inside a transaction, that this run is the newest, and keeps newer ones waiting until its end.
     *
     * @throws StateConflict if it is not
     */
    void requireEpoch(ConnectionId connection, long epoch) throws SQLException {
        List<Long> newest = session.query(
                "SELECT epoch FROM " + table("connections") + " WHERE connection = ? FOR UPDATE",
                row -> row.getLong(1),
                connection.name());
        if (!newest.equals(List.of(epoch))) {
            throw new StateConflict("the run " + epoch + " of " + connection + " may write no more, the newest is "
                    + newest + ": another run has taken over; see that only one runs, and run again");
        }
    }

    /** Where a slice stands for a stage; a replacing run counts on from the versions before it. */
    Standing standing(SliceId slice, boolean next) throws SQLException {
        Optional<Standing> own = known(slice, next);
        return own.isEmpty() && next ? standing(slice, false) : own.orElse(new Standing(0, 0));
    }

    private Optional<Standing> known(SliceId slice, boolean next) throws SQLException {
        return session
                .query(
                        "SELECT version, epoch FROM " + table("state") + OWN,
                        row -> new Standing(row.getLong(1), row.getLong(2)),
                        key(slice, next))
                .stream()
                .findFirst();
    }

    private static Object[] key(SliceId slice, boolean next) {
        return new Object[] {slice.stream().connection().name(), slice.stream().name(), slice.key(), next};
    }

    private static Object[] key(StreamId stream) {
        return new Object[] {stream.connection().name(), stream.name()};
    }

    /**
     * Moves a slice on, inside the transaction that brings its rows and has proven its epoch.
     *
     * @throws StateConflict unless exactly one row changes: the version must be the next
     */
    void advance(SliceId slice, boolean next, Commit commit) throws SQLException {
        Object[] key = key(slice, next);
        String cursor = commit.cursor().map(Cursor::text).orElse(null);
        long changed = known(slice, next).isPresent()
                ? session.update(
                        "UPDATE " + table("state") + " SET version = ?, epoch = ?, cursor = coalesce(?, cursor)" + OWN
                                + " AND version = ?",
                        commit.version(),
                        commit.epoch(),
                        cursor,
                        key[0],
                        key[1],
                        key[2],
                        next,
                        commit.version() - 1)
                : session.update(
                        "INSERT INTO " + table("state") + " VALUES (?, ?, ?, ?, ?, ?, coalesce(?, (SELECT cursor FROM "
                                + table("state") + OWN + ")))",
                        key[0],
                        key[1],
                        key[2],
                        next,
                        commit.version(),
                        commit.epoch(),
                        cursor,
                        key[0],
                        key[1],
                        key[2],
                        false);
        if (changed != 1) {
            throw conflict(slice, commit);
        }
    }

    static StateConflict conflict(SliceId slice, Commit commit) {
        return new StateConflict(
                "the commit " + commit.version() + " of run " + commit.epoch() + " for " + slice
                        + " does not follow what the database holds: another run has taken over; see that only one runs, and run again");
    }

    /** Whether a replacement of the stream has been begun and not published. */
    boolean isReplacing(StreamId stream) throws SQLException {
        return !session.query(
                        "SELECT 1 FROM " + table("state") + OF_STREAM + " AND next LIMIT 1", row -> 1, key(stream))
                .isEmpty();
    }

    /** Puts the cursors of a replacement in the place of all older ones, inside the transaction that swaps the rows. */
    void publish(StreamId stream) throws SQLException {
        forget(stream);
        session.update("UPDATE " + table("state") + " SET next = false" + OF_STREAM, key(stream));
    }

    /** Forgets where the slices of a stream stand. */
    void forget(StreamId stream) throws SQLException {
        session.update("DELETE FROM " + table("state") + OF_STREAM + " AND NOT next", key(stream));
    }

    /** Gives a slice another cursor, inside a transaction that has proven its epoch; its version stays, and is 0 if it has none. */
    void rewrite(SliceId slice, long epoch, Optional<Cursor> cursor) throws SQLException {
        Object[] key = key(slice, false);
        @Nullable String text = cursor.map(Cursor::text).orElse(null);
        if (known(slice, false).isPresent()) {
            session.update("UPDATE " + table("state") + " SET cursor = ?" + OWN, text, key[0], key[1], key[2], false);
        } else if (text != null) {
            session.update(
                    "INSERT INTO " + table("state") + " VALUES (?, ?, ?, ?, 0, ?, ?)",
                    key[0],
                    key[1],
                    key[2],
                    false,
                    epoch,
                    text);
        }
    }

    /** Drops the unpublished replacements of a connection, rows and cursors, inside a transaction. */
    void sweep(ConnectionId connection) throws SQLException {
        String own = " WHERE connection = ? AND next";
        for (String left : session.query(
                "SELECT name FROM " + table("tables") + own, row -> row.getString(1), connection.name())) {
            session.execute("DROP TABLE IF EXISTS " + Sql.name(schema, left));
        }
        session.update("DELETE FROM " + table("tables") + own, connection.name());
        session.update("DELETE FROM " + table("state") + own, connection.name());
    }

    /** What is known of the table of a stream. */
    Optional<TableEntry> entry(StreamId stream, boolean next) throws SQLException {
        return session
                .query(
                        "SELECT name, columns FROM " + table("tables") + OF_STREAM + " AND next = ?",
                        row -> TableEntry.of(row.getString(1), row.getString(2)),
                        stream.connection().name(),
                        stream.name(),
                        next)
                .stream()
                .findFirst();
    }

    /** Whose table {@code name} is. */
    Optional<StreamId> owner(String name) throws SQLException {
        return session
                .query(
                        "SELECT connection, stream FROM " + table("tables") + " WHERE name = ?",
                        row -> StreamId.of(row.getString(1), row.getString(2)),
                        name)
                .stream()
                .findFirst();
    }

    /** Records the table of a stream; {@code null} to strike it out. */
    void record(StreamId stream, boolean next, @Nullable TableEntry entry) throws SQLException {
        session.update(
                "DELETE FROM " + table("tables") + OF_STREAM + " AND next = ?",
                stream.connection().name(),
                stream.name(),
                next);
        if (entry != null) {
            session.update(
                    "INSERT INTO " + table("tables") + " VALUES (?, ?, ?, ?, ?)",
                    stream.connection().name(),
                    stream.name(),
                    next,
                    entry.name(),
                    entry.columns().json());
        }
    }
}
