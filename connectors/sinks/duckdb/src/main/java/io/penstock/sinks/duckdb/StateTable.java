package io.penstock.sinks.duckdb;

import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.sink.Commit;
import io.penstock.sink.Committed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Epochs and cursors, kept beside the rows they cover.
 *
 * <p>Generation 0 is what everybody sees; generation 1 is a replacement in the making. For the writer's thread.
 */
final class StateTable {

    /** What everybody sees. */
    static final int CURRENT = 0;
    /** A replacement in the making. */
    static final int NEXT = 1;

    private static final String OF_STREAM = " WHERE connection = ? AND stream = ? AND generation = ?";
    private static final String OF_SLICE = OF_STREAM + " AND slice = ?";

    private StateTable() {}

    static void create(Connection connection) throws SQLException {
        Sql.run(connection, "CREATE TABLE IF NOT EXISTS _penstock_meta (connection VARCHAR, epoch BIGINT)");
        Sql.run(
                connection,
                "CREATE TABLE IF NOT EXISTS _penstock_state (connection VARCHAR, stream VARCHAR, generation INTEGER, slice VARCHAR,"
                        + " version BIGINT, epoch BIGINT, cursor VARCHAR, committed_at TIMESTAMPTZ)");
        Sql.run(
                connection,
                "CREATE TABLE IF NOT EXISTS _penstock_columns (connection VARCHAR, stream VARCHAR, generation INTEGER,"
                        + " table_schema VARCHAR, table_name VARCHAR, position INTEGER, field VARCHAR, column_name VARCHAR,"
                        + " column_type VARCHAR)");
    }

    /** The next epoch of a connection. */
    static long mint(Connection connection, String name) throws SQLException {
        long epoch = epoch(connection, name) + 1;
        if (epoch == 1) {
            Sql.change(connection, "INSERT INTO _penstock_meta VALUES (?, 1)", name);
        } else {
            Sql.change(connection, "UPDATE _penstock_meta SET epoch = ? WHERE connection = ?", epoch, name);
        }
        return epoch;
    }

    private static long epoch(Connection connection, String name) throws SQLException {
        List<Long> epochs = Sql.query(
                connection, row -> row.getLong(1), "SELECT epoch FROM _penstock_meta WHERE connection = ?", name);
        return epochs.isEmpty() ? 0 : epochs.get(0);
    }

    static Map<SliceId, Committed> all(Connection connection, String name) throws SQLException {
        Map<SliceId, Committed> all = new HashMap<>();
        Sql.query(
                connection,
                row -> all.put(
                        StreamId.of(name, row.getString(1)).slice(row.getString(2)),
                        new Committed(row.getLong(3), cursor(row.getString(4)))),
                "SELECT stream, slice, version, cursor FROM _penstock_state WHERE connection = ? AND generation = 0",
                name);
        return all;
    }

    private static Optional<Cursor> cursor(@Nullable String text) {
        return Optional.ofNullable(text).map(Cursor::new);
    }

    /**
     * Moves a slice to {@code commit}; call inside the transaction that writes its rows.
     *
     * @return false if exactly this commit was applied before, so that nothing is to be done
     * @throws StateConflict if another run has taken over, or the version is not the next
     */
    static boolean advance(Connection connection, SliceId slice, int generation, Commit commit) throws SQLException {
        StreamId stream = slice.stream();
        String name = stream.connection().name();
        if (epoch(connection, name) != commit.epoch()) {
            throw new StateConflict("another run has taken over the connection " + name + ": this one writes no more");
        }
        Object[] key = {name, stream.name(), generation, slice.key()};
        List<long[]> known = Sql.query(
                connection,
                row -> new long[] {row.getLong(1), row.getLong(2)},
                "SELECT version, epoch FROM _penstock_state" + OF_SLICE,
                key);
        if (known.isEmpty()) {
            requireNext(slice, generation == NEXT ? commit.version() - 1 : 0, commit);
            insert(connection, key, commit);
            return true;
        }
        if (known.get(0)[0] == commit.version() && known.get(0)[1] == commit.epoch()) {
            return false;
        }
        requireNext(slice, known.get(0)[0], commit);
        update(connection, key, commit);
        return true;
    }

    private static void requireNext(SliceId slice, long version, Commit commit) {
        if (commit.version() != version + 1) {
            throw new StateConflict("the slice " + slice + " stands at commit " + version + ", so commit "
                    + commit.version() + " cannot be the next: another run has written it");
        }
    }

    private static void insert(Connection connection, Object[] key, Commit commit) throws SQLException {
        Sql.change(
                connection,
                "INSERT INTO _penstock_state VALUES (?, ?, ?, ?, ?, ?, ?, now())",
                key[0],
                key[1],
                key[2],
                key[3],
                commit.version(),
                commit.epoch(),
                commit.cursor().map(Cursor::text).orElse(null));
    }

    private static void update(Connection connection, Object[] key, Commit commit) throws SQLException {
        Sql.change(
                connection,
                "UPDATE _penstock_state SET version = ?, epoch = ?, cursor = coalesce(?, cursor), committed_at = now()"
                        + OF_SLICE,
                commit.version(),
                commit.epoch(),
                commit.cursor().map(Cursor::text).orElse(null),
                key[0],
                key[1],
                key[2],
                key[3]);
    }

    /** Makes the next generation the current one. */
    static void publish(Connection connection, StreamId stream) throws SQLException {
        forget(connection, stream, CURRENT);
        Sql.change(
                connection,
                "UPDATE _penstock_state SET generation = 0" + OF_STREAM,
                stream.connection().name(),
                stream.name(),
                NEXT);
    }

    static void forget(Connection connection, StreamId stream, int generation) throws SQLException {
        Sql.change(
                connection,
                "DELETE FROM _penstock_state" + OF_STREAM,
                stream.connection().name(),
                stream.name(),
                generation);
    }
}
