package io.penstock.stores.postgres;

import io.penstock.error.StateFailure.StateConflict;
import io.penstock.store.ByteStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Entries as rows, each changed by one statement that names the revision it replaces. */
final class PostgresEntries implements ByteStore {

    private static final String UNIQUE = "23505";
    private static final String TABLE_THERE = "42P07";

    private final Database database;
    private final String table;

    /** @param table a name that is fit to stand in SQL as it is */
    PostgresEntries(Database database, String table) {
        this.database = database;
        this.table = table;
    }

    @Override
    public Mono<Stored> read(String name) {
        return database.call("reading " + name, connection -> stored(connection, name))
                .flatMap(Mono::justOrEmpty);
    }

    private Optional<Stored> stored(Connection connection, String name) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT revision, content FROM " + table + " WHERE name = ?")) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new Stored(row.getLong(1), row.getBytes(2))) : Optional.empty();
            }
        } catch (SQLException failure) {
            if (Database.NO_TABLE.equals(failure.getSQLState())) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    @Override
    public Mono<Long> replace(String name, long expected, byte[] bytes) {
        return database.call("storing " + name, connection -> {
            try {
                return replaced(connection, name, expected, bytes);
            } catch (SQLException failure) {
                if (!Database.NO_TABLE.equals(failure.getSQLState())) {
                    throw failure;
                }
            }
            create(connection);
            return replaced(connection, name, expected, bytes);
        });
    }

    /** Durable before it is told, whatever the server does by default. */
    private long replaced(Connection connection, String name, long expected, byte[] bytes) throws SQLException {
        try (Statement session = connection.createStatement()) {
            session.execute("SET synchronous_commit = on");
        }
        String sql = expected == 0
                ? "INSERT INTO " + table + " (content, name, revision) VALUES (?, ?, 1 + ?) ON CONFLICT DO NOTHING"
                : "UPDATE " + table + " SET content = ?, revision = revision + 1, changed_at = now()"
                        + " WHERE name = ? AND revision = ?";
        try (PreparedStatement change = connection.prepareStatement(sql)) {
            change.setBytes(1, bytes);
            change.setString(2, name);
            change.setLong(3, expected);
            if (change.executeUpdate() == 1) {
                return expected + 1;
            }
        }
        long found = stored(connection, name).map(Stored::revision).orElse(0L);
        throw new StateConflict("expected revision " + expected + " of " + name + ", found " + found
                + ": another process has changed it");
    }

    /** Where two create it at once, one of them is told that it is there. */
    private void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS " + table
                    + " (name text PRIMARY KEY, revision bigint NOT NULL, content bytea NOT NULL,"
                    + " changed_at timestamptz NOT NULL DEFAULT now())");
        } catch (SQLException failure) {
            if (!UNIQUE.equals(failure.getSQLState()) && !TABLE_THERE.equals(failure.getSQLState())) {
                throw failure;
            }
        }
    }
}
