package io.penstock.sinks.duckdb;

import io.penstock.columns.Columns;
import io.penstock.columns.Session;
import io.penstock.columns.Sql;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.sink.Claim;
import io.penstock.sink.Commit;
import io.penstock.sink.Committed;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
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
        return Sql.name(schema, "_penstock_" + name);
    }

    /** Makes the tables if they are missing. */
    void prepare() throws SQLException {
        session.transaction(() -> {
            session.execute("CREATE SCHEMA IF NOT EXISTS " + Sql.name(schema));
            session.execute("CREATE TABLE IF NOT EXISTS " + table("meta") + " (format INTEGER NOT NULL)");
            session.update("INSERT INTO " + table("meta") + " SELECT " + FORMAT + " WHERE NOT EXISTS (FROM "
                    + table("meta") + ")");
            session.execute("CREATE TABLE IF NOT EXISTS " + table("connections")
                    + " (connection VARCHAR NOT NULL, epoch BIGINT NOT NULL)");
            session.execute("CREATE TABLE IF NOT EXISTS " + table("state")
                    + " (connection VARCHAR NOT NULL, stream VARCHAR NOT NULL, slice VARCHAR NOT NULL,"
                    + " next BOOLEAN NOT NULL, version BIGINT NOT NULL, epoch BIGINT NOT NULL, cursor VARCHAR)");
            session.execute("CREATE TABLE IF NOT EXISTS " + table("tables")
                    + " (connection VARCHAR NOT NULL, stream VARCHAR NOT NULL, next BOOLEAN NOT NULL,"
                    + " name VARCHAR NOT NULL, columns VARCHAR NOT NULL)");
        });
        List<Integer> formats = session.query("SELECT format FROM " + table("meta"), row -> row.getInt(1));
        if (!formats.equals(List.of(FORMAT))) {
            throw new StateCorrupt("the tables _penstock_* in schema " + schema + " have format " + formats
                    + ", but this version knows " + FORMAT + " only: use the version that wrote them, or a newer one");
        }
    }

    /** Mints the next epoch of a connection. */
    Claim claim(ConnectionId connection) throws SQLException {
        String name = connection.name();
        if (session.update("UPDATE " + table("connections") + " SET epoch = epoch + 1 WHERE connection = ?", name)
                == 0) {
            session.update("INSERT INTO " + table("connections") + " VALUES (?, 1)", name);
        }
        long epoch = session.query(
                        "SELECT epoch FROM " + table("connections") + " WHERE connection = ?",
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

    /** Where a slice stands for a stage; a replacing run counts on from the versions before it. */
    Standing standing(SliceId slice, boolean next) throws SQLException {
        List<Standing> rows = session.query(
                "SELECT version, epoch FROM " + table("state")
                        + " WHERE connection = ? AND stream = ? AND slice = ? AND next = ?",
                row -> new Standing(row.getLong(1), row.getLong(2)),
                key(slice, next));
        return !rows.isEmpty() ? rows.get(0) : next ? standing(slice, false) : new Standing(0, 0);
    }

    private static Object[] key(SliceId slice, boolean next) {
        return new Object[] {slice.stream().connection().name(), slice.stream().name(), slice.key(), next};
    }

    /**
     * Moves a slice on, inside the transaction that brings its rows.
     *
     * @throws StateConflict unless exactly one row changes: the version must be the next and the epoch the newest
     */
    void advance(SliceId slice, boolean next, Commit commit) throws SQLException {
        if (moved(slice, next, commit) + (known(slice, next) ? 0 : begun(slice, next, commit)) != 1) {
            throw conflict(slice, commit);
        }
    }

    private boolean known(SliceId slice, boolean next) throws SQLException {
        return !session.query("SELECT 1 FROM " + table("state") + OWN, row -> true, key(slice, next))
                .isEmpty();
    }

    /** How many rows stood at the version before and stand at this one now. */
    private long moved(SliceId slice, boolean next, Commit commit) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(commit.version());
        values.add(commit.epoch());
        values.add(commit.cursor().map(Cursor::text).orElse(null));
        values.addAll(Arrays.asList(key(slice, next)));
        values.add(commit.version() - 1);
        values.addAll(run(slice, commit));
        return session.update(
                "UPDATE " + table("state") + " SET version = ?, epoch = ?, cursor = coalesce(?, cursor)" + OWN
                        + " AND version = ? AND" + newest(),
                values.toArray());
    }

    /** How many rows were made for a slice that had none; it begins with the cursor of the other generation. */
    private long begun(SliceId slice, boolean next, Commit commit) throws SQLException {
        Object[] key = key(slice, next);
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(key));
        values.add(commit.version());
        values.add(commit.epoch());
        values.add(commit.cursor().map(Cursor::text).orElse(null));
        values.addAll(Arrays.asList(key).subList(0, 3));
        values.addAll(run(slice, commit));
        String before = " (SELECT cursor FROM " + table("state") + OWN.replace("next = ?", "NOT next") + ")";
        return session.update(
                "INSERT INTO " + table("state") + " SELECT ?, ?, ?, ?, ?, ?, coalesce(?," + before + ") WHERE"
                        + newest(),
                values.toArray());
    }

    private static List<Object> run(SliceId slice, Commit commit) {
        return List.of(slice.stream().connection().name(), commit.epoch());
    }

    private String newest() {
        return " EXISTS (FROM " + table("connections") + " WHERE connection = ? AND epoch = ?)";
    }

    static StateConflict conflict(SliceId slice, Commit commit) {
        return new StateConflict(
                "the commit " + commit.version() + " of run " + commit.epoch() + " for " + slice
                        + " does not follow what the database holds: another run has taken over; see that only one runs, and run again");
    }

    /** Puts the cursors of a replacement in the place of all older ones, inside the transaction that swaps the rows. */
    void publish(StreamId stream) throws SQLException {
        String own = " WHERE connection = ? AND stream = ?";
        Object[] key = {stream.connection().name(), stream.name()};
        session.update("DELETE FROM " + table("state") + own + " AND NOT next", key);
        session.update("UPDATE " + table("state") + " SET next = false" + own, key);
    }

    /** Forgets where the slices of a stream stand. */
    void forget(StreamId stream) throws SQLException {
        session.update(
                "DELETE FROM " + table("state") + " WHERE connection = ? AND stream = ? AND NOT next",
                stream.connection().name(),
                stream.name());
    }

    /**
     * Gives slices other cursors, inside a transaction; their versions stay.
     *
     * @throws StateConflict if {@code epoch} is not that of the newest run of the connection
     */
    void rewrite(long epoch, Map<SliceId, Optional<Cursor>> cursors) throws SQLException {
        for (Map.Entry<SliceId, Optional<Cursor>> change : cursors.entrySet()) {
            SliceId slice = change.getKey();
            requireNewest(slice, epoch);
            @Nullable String cursor = change.getValue().map(Cursor::text).orElse(null);
            Object[] key = key(slice, false);
            List<@Nullable Object> values = new ArrayList<>();
            values.add(cursor);
            values.addAll(Arrays.asList(key));
            long known = session.update("UPDATE " + table("state") + " SET cursor = ?" + OWN, values.toArray());
            if (known == 0 && cursor != null) {
                List<@Nullable Object> fresh = new ArrayList<>(Arrays.asList(key));
                fresh.add(epoch);
                fresh.add(cursor);
                session.update("INSERT INTO " + table("state") + " VALUES (?, ?, ?, ?, 0, ?, ?)", fresh.toArray());
            }
        }
    }

    private void requireNewest(SliceId slice, long epoch) throws SQLException {
        String connection = slice.stream().connection().name();
        List<Boolean> newest = session.query("SELECT 1 WHERE" + newest(), row -> true, connection, epoch);
        if (newest.isEmpty()) {
            throw new StateConflict("the cursors of " + slice + " are no longer run " + epoch
                    + "'s to change: another run has taken over; see that only one runs, and do it again");
        }
    }

    /** Drops the unpublished replacements of a connection, rows and cursors. */
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
                        "SELECT name, columns FROM " + table("tables")
                                + " WHERE connection = ? AND stream = ? AND next = ?",
                        row -> TableEntry.of(row.getString(1), row.getString(2)),
                        stream.connection().name(),
                        stream.name(),
                        next)
                .stream()
                .findFirst();
    }

    /** Whose table {@code name} is, capital letters or not. */
    Optional<StreamId> owner(String name) throws SQLException {
        return session
                .query(
                        "SELECT connection, stream FROM " + table("tables") + " WHERE lower(name) = lower(?)",
                        row -> StreamId.of(row.getString(1), row.getString(2)),
                        name)
                .stream()
                .findFirst();
    }

    /** Records the table of a stream; {@code null} to strike it out. */
    void record(StreamId stream, boolean next, @Nullable TableEntry entry) throws SQLException {
        session.update(
                "DELETE FROM " + table("tables") + " WHERE connection = ? AND stream = ? AND next = ?",
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
