package io.penstock.sinks.duckdb;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.columns.Session;
import io.penstock.columns.Sql;
import io.penstock.record.ConnectionId;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code _penstock_dead_letters}: records that did not fit, with the reason. It is made when the first one comes. Letters of
 * a replacing run take the place of the older ones of their stream when its rows do. Confined to the writer thread.
 */
final class DeadLetters {

    private static final String NAME = "_penstock_dead_letters";
    private static final String FIELDS = "id, page, time, code, pointer, reason, record";
    private static final long LEAST = 1 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Session session;
    private final String schema;

    DeadLetters(Session session, String schema) {
        this.session = session;
        this.schema = schema;
    }

    private String table() {
        return Sql.name(schema, NAME);
    }

    private boolean exists() throws SQLException {
        return !session.query(
                        "SELECT 1 FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = ?"
                                + " AND table_name = ?",
                        row -> 1,
                        schema,
                        NAME)
                .isEmpty();
    }

    /** Makes the table if it is missing, in a transaction of its own. */
    void prepare() throws SQLException {
        if (!exists()) {
            session.transaction(() -> session.execute("CREATE TABLE " + table()
                    + " (connection VARCHAR NOT NULL, stream VARCHAR NOT NULL, slice VARCHAR NOT NULL,"
                    + " next BOOLEAN NOT NULL, id VARCHAR NOT NULL, page BIGINT NOT NULL, time TIMESTAMPTZ NOT NULL,"
                    + " code VARCHAR NOT NULL, pointer VARCHAR NOT NULL, reason VARCHAR NOT NULL,"
                    + " record VARCHAR NOT NULL)"));
        }
    }

    /**
     * Takes letters, inside the transaction that moves the slice on.
     *
     * @param next whether they belong to rows that are not published yet
     * @param lines one letter each
     * @param longest bytes of the longest line
     */
    void take(SliceId slice, boolean next, Path lines, long longest) throws SQLException {
        session.update(
                "INSERT INTO " + table() + " (connection, stream, slice, next, " + FIELDS + ") SELECT ?, ?, ?, ?, "
                        + FIELDS + " FROM read_json([" + Sql.text(lines.toString())
                        + "], format = 'newline_delimited', records = true, maximum_object_size = "
                        + Math.max(LEAST, longest + 1)
                        + ", columns = {id: 'VARCHAR', page: 'BIGINT', time: 'TIMESTAMPTZ', code: 'VARCHAR',"
                        + " pointer: 'VARCHAR', reason: 'VARCHAR', record: 'VARCHAR'})",
                slice.stream().connection().name(),
                slice.stream().name(),
                slice.key(),
                next);
    }

    /** The letters of a replacing run take the place of the older ones. */
    void publish(StreamId stream) throws SQLException {
        if (exists()) {
            String own = " WHERE connection = ? AND stream = ?";
            Object[] key = {stream.connection().name(), stream.name()};
            session.update("DELETE FROM " + table() + own + " AND NOT next", key);
            session.update("UPDATE " + table() + " SET next = false" + own, key);
        }
    }

    /** Drops the letters of replacing runs that were never published. */
    void sweep(ConnectionId connection) throws SQLException {
        if (exists()) {
            session.update("DELETE FROM " + table() + " WHERE connection = ? AND next", connection.name());
        }
    }

    /** The oldest letters, as JSON. */
    List<String> list(ConnectionId connection, Optional<String> stream, int most) throws SQLException {
        return !exists()
                ? List.of()
                : session.query(
                        "SELECT connection, stream, slice, id, page, strftime(time AT TIME ZONE 'UTC',"
                                + " '%Y-%m-%dT%H:%M:%S.%gZ'), code, pointer, reason, record FROM " + table()
                                + " WHERE connection = ? AND stream = coalesce(?, stream) AND NOT next ORDER BY time, page, rowid LIMIT ?",
                        DeadLetters::json,
                        connection.name(),
                        stream.orElse(null),
                        most);
    }

    private static String json(ResultSet row) throws SQLException {
        ObjectNode letter = JSON.createObjectNode();
        letter.put("connection", text(row, 1)).put("stream", text(row, 2)).put("slice", text(row, 3));
        letter.put("id", text(row, 4)).put("page", row.getLong(5)).put("time", text(row, 6));
        letter.put("code", text(row, 7)).put("pointer", text(row, 8)).put("reason", text(row, 9));
        return letter.put("record", text(row, 10)).toString();
    }

    private static @Nullable String text(ResultSet row, int column) throws SQLException {
        return row.getString(column);
    }
}
