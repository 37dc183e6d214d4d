package io.penstock.sinks.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One session of the server, with the few calls that are needed of it; opened anew when it has broken. Confined to the writer
 * thread.
 */
final class Session implements AutoCloseable {

    private static final int VALID_SECONDS = 5;

    private final Opener opener;
    private @Nullable Connection connection;

    /** Opens the connection, and does what must be done before it is used. */
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    /** Turns one row into a value. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Work inside a transaction. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    Session(Opener opener) {
        this.opener = opener;
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = opener.open();
            connection = open;
        }
        return open;
    }

    /** Whether the server still answers on the connection that is open. */
    boolean isAlive() throws SQLException {
        Connection open = connection;
        return open != null && open.isValid(VALID_SECONDS);
    }

    /** Runs one statement that is complete as it is. */
    void execute(String sql) throws SQLException {
        guarded(open -> {
            try (Statement statement = open.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    /** Runs one statement with values, and says how many rows it changed. */
    long update(String sql, @Nullable Object... values) throws SQLException {
        return guarded(open -> {
            try (PreparedStatement statement = prepared(open, sql, values)) {
                return statement.executeLargeUpdate();
            }
        });
    }

    /** All rows of a query. */
    <T> List<T> query(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        return guarded(open -> {
            List<T> all = new ArrayList<>();
            try (PreparedStatement statement = prepared(open, sql, values);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(row.read(rows));
                }
            }
            return all;
        });
    }

    /** Begins a COPY ... FROM STDIN. */
    CopyIn copy(String sql) throws SQLException {
        return guarded(open -> open.unwrap(PGConnection.class).getCopyAPI().copyIn(sql));
    }

    private static PreparedStatement prepared(Connection open, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = open.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Runs {@code work} wholly or not at all; after a lost answer it is not known which. */
    void transaction(Work work) throws SQLException {
        guarded(open -> {
            open.setAutoCommit(false);
            return true;
        });
        try {
            work.run();
            guarded(open -> {
                open.commit();
                open.setAutoCommit(true);
                return true;
            });
        } catch (SQLException | RuntimeException | Error failure) {
            rollback(failure);
            throw failure;
        }
    }

    private void rollback(Throwable failure) {
        Connection open = connection;
        try {
            if (open != null) {
                open.rollback();
                open.setAutoCommit(true);
            }
        } catch (SQLException lost) {
            failure.addSuppressed(lost);
            drop();
        }
    }

    /** Something done with the connection. */
    @FunctionalInterface
    private interface Use<T> {
        T of(Connection open) throws SQLException;
    }

    /** A connection that broke is dropped: the server rolls back what was not committed, and the next call opens another one. */
    private <T> T guarded(Use<T> use) throws SQLException {
        try {
            return use.of(connection());
        } catch (SQLException failure) {
            if (SqlFailures.isDisconnect(failure)) {
                drop();
            }
            throw failure;
        }
    }

    private void drop() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException gone) {
                // It is gone already.
            }
        }
    }

    @Override
    public void close() {
        drop();
    }
}
