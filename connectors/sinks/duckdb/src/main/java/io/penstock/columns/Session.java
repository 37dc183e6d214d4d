package io.penstock.columns;

import io.penstock.sink.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection, with the few calls that are needed of it. Confined to the writer thread. */
public final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final int DEADLINE_SECONDS = 600;

    private final Connection connection;
    private final Path log;

    /** {@code log} is what DuckDB writes beside the file, made for everybody to read. */
    public Session(Connection connection, Path log) {
        this.connection = connection;
        this.log = log;
    }

    /** Turns one row into a value. */
    @FunctionalInterface
    public interface Row<T> {
        /** Reads the row that {@code row} stands on. */
        T read(ResultSet row) throws SQLException;
    }

    /** Work inside a transaction. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run() throws SQLException;
    }

    /** Runs one statement that is complete as it is. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(DEADLINE_SECONDS);
            statement.execute(sql);
        }
    }

    /** Runs one statement with values, and says how many rows it changed. */
    public long update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(sql, values)) {
            return statement.executeLargeUpdate();
        }
    }

    /** All rows of a query. */
    public <T> List<T> query(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
        List<T> all = new ArrayList<>();
        try (PreparedStatement statement = prepared(sql, values);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                all.add(row.read(rows));
            }
        }
        return all;
    }

    private PreparedStatement prepared(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(DEADLINE_SECONDS);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Moves the log into the file; put off if somebody else is in the middle of writing. */
    public void checkpoint() throws SQLException {
        try {
            execute("CHECKPOINT");
        } catch (SQLException busy) {
            if (!String.valueOf(busy.getMessage()).contains("CHECKPOINT")) {
                throw busy;
            }
        }
    }

    /** Runs {@code work} wholly or not at all. */
    public void transaction(Work work) throws SQLException {
        execute("BEGIN TRANSACTION");
        try {
            work.run();
        } catch (SQLException | RuntimeException failure) {
            rollback(failure);
            throw failure;
        }
        execute("COMMIT");
        keepPrivate();
    }

    /** Takes the log away from everybody but the owner. What is committed stands whether or not that succeeds. */
    private void keepPrivate() {
        try {
            PrivateFiles.keep(log);
        } catch (IOException gone) {
            LOG.debug("{} cannot be kept from others: {}", log, gone.getMessage());
        }
    }

    private void rollback(Exception failure) {
        try {
            execute("ROLLBACK");
        } catch (SQLException ended) {
            failure.addSuppressed(ended); // DuckDB has ended the transaction itself
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
