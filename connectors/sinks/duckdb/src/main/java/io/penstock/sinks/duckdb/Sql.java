package io.penstock.sinks.duckdb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The only place where names and texts become SQL. */
final class Sql {

    private Sql() {}

    /** A quoted identifier. */
    static String name(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** A quoted text, where a parameter cannot stand. */
    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Changes rows; returns how many. */
    static int change(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Reads one row into something. */
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    static <T> List<T> query(Connection connection, Row<T> read, String sql, Object... values) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (PreparedStatement statement = prepared(connection, sql, values);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(read.of(result));
            }
        }
        return rows;
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Work that is one transaction. */
    interface Work {
        void run() throws SQLException;
    }

    /** Does {@code work} wholly or not at all. */
    static void transaction(Connection connection, Work work) throws SQLException {
        run(connection, "BEGIN TRANSACTION");
        try {
            work.run();
            run(connection, "COMMIT");
        } catch (SQLException | RuntimeException failed) {
            try {
                run(connection, "ROLLBACK");
            } catch (SQLException alreadyOver) {
                failed.addSuppressed(alreadyOver);
            }
            throw failed;
        }
    }
}
