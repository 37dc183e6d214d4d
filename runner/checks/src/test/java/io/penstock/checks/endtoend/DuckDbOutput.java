package io.penstock.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.ModelData;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A DuckDB file. */
record DuckDbOutput(Path folder) implements Output {

    @Override
    public String sink() {
        return "{ connector: duckdb, path: out.duckdb }";
    }

    @Override
    public void requireTruth(ModelData data, int revision, boolean whole) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            run(connection, "ATTACH '" + file() + "' AS landed (READ_ONLY)");
            for (String stream : ModelData.streams()) {
                requireTruth(connection, data, stream, revision);
            }
        } catch (SQLException | IOException failure) {
            throw new AssertionError("cannot look into " + file(), failure);
        }
    }

    private void requireTruth(Connection connection, ModelData data, String stream, int revision)
            throws SQLException, IOException {
        Path lines = folder.resolve("truth.jsonl");
        try (OutputStream out = Files.newOutputStream(lines)) {
            data.writeLines(stream, revision, out);
        }
        Map<String, String> columns = columns(connection, "landed.main." + stream);
        assertThat(columns.keySet())
                .as("columns of %s", stream)
                .containsAll(columns(connection, "(FROM read_json_auto('" + lines + "'))")
                        .keySet());
        String types = columns.entrySet().stream()
                .map(column -> '"' + column.getKey() + "\": '" + column.getValue() + "'")
                .collect(Collectors.joining(", "));
        String truth = "read_json('" + lines + "', format = 'newline_delimited', columns = {" + types + "})";
        requireSame(connection, "landed.main." + stream, truth, stream);
        assertThat(count(connection, "SELECT count(*) FROM landed.main." + stream))
                .as("rows of %s", stream)
                .isEqualTo(data.rows(stream, revision));
    }

    /** Fails unless both files hold the same rows of every stream. */
    void requireSame(DuckDbOutput other) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            run(connection, "ATTACH '" + file() + "' AS one (READ_ONLY)");
            run(connection, "ATTACH '" + other.file() + "' AS two (READ_ONLY)");
            for (String stream : ModelData.streams()) {
                requireSame(connection, "one.main." + stream, "two.main." + stream, stream);
            }
        } catch (SQLException failure) {
            throw new AssertionError("cannot compare " + file() + " and " + other.file(), failure);
        }
    }

    /**
     * EXCEPT ALL counts copies, so that a doubled row is a difference. A column that one side lacks must stand empty on the other:
     * tombstones bring a column for the field that marks them, but no row that has a value in it.
     */
    static void requireSame(Connection connection, String one, String two, String stream) throws SQLException {
        Set<String> names = new LinkedHashSet<>(columns(connection, one).keySet());
        names.addAll(columns(connection, two).keySet());
        String left = rows(connection, one, names);
        String right = rows(connection, two, names);
        assertThat(ids(connection, left + " EXCEPT ALL " + right))
                .as("rows of %s that should not be there", stream)
                .isEmpty();
        assertThat(ids(connection, right + " EXCEPT ALL " + left))
                .as("rows of %s that are missing", stream)
                .isEmpty();
    }

    private static String rows(Connection connection, String table, Set<String> names) throws SQLException {
        Set<String> known = columns(connection, table).keySet();
        return names.stream()
                .map(name -> (known.contains(name) ? "" : "NULL AS ") + '"' + name + '"')
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + table));
    }

    private static List<String> ids(Connection connection, String rows) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT id || ' version ' || version FROM (" + rows + ") ORDER BY 1 LIMIT 5")) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    static Map<String, String> columns(Connection connection, String table) throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("DESCRIBE SELECT * FROM " + table)) {
            while (row.next()) {
                columns.put(row.getString("column_name"), row.getString("column_type"));
            }
        }
        return columns;
    }

    static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Path file() {
        Path file = folder.resolve("out.duckdb");
        if (!Files.exists(file)) {
            throw new UncheckedIOException(new IOException("no file " + file));
        }
        return file;
    }
}
