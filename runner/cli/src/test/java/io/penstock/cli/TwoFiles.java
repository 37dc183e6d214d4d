package io.penstock.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Two DuckDB files, compared row by row. */
final class TwoFiles implements AutoCloseable {

    private final Connection connection;

    private TwoFiles(Connection connection) {
        this.connection = connection;
    }

    static TwoFiles of(Path one, Path other) throws SQLException {
        TwoFiles files = new TwoFiles(DriverManager.getConnection("jdbc:duckdb:"));
        files.run("ATTACH '" + one + "' AS one (READ_ONLY)");
        files.run("ATTACH '" + other + "' AS other (READ_ONLY)");
        return files;
    }

    long rows(String table) throws SQLException {
        return number("SELECT count(*) FROM one.main." + table);
    }

    /** How many rows stand in one file only, or more often in one than in the other. */
    long differences(String table) throws SQLException {
        String columns = String.join(", ", columns(table));
        String one = "(SELECT " + columns + " FROM one.main." + table + ")";
        String other = "(SELECT " + columns + " FROM other.main." + table + ")";
        return number("SELECT count(*) FROM ((" + one + " EXCEPT ALL " + other + ") UNION ALL (" + other
                + " EXCEPT ALL " + one + "))");
    }

    private List<String> columns(String table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT column_name FROM duckdb_columns()"
                        + " WHERE database_name = 'one' AND table_name = '" + table + "'")) {
            while (found.next()) {
                names.add('"' + found.getString(1) + '"');
            }
        }
        return names;
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return found.getLong(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
