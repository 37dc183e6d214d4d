package io.penstock.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.ModelData;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;

/** Folders of Parquet files, found by a plain glob: the rows themselves if they were replaced, a log of changes if they were appended. */
record ParquetOutput(Path folder) implements Output {

    @Override
    public String sink() {
        return "{ connector: parquet, path: out }";
    }

    @Override
    public void requireTruth(ModelData data, int revision, boolean whole) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            DuckDbOutput.run(connection, "SET TimeZone = 'UTC'");
            for (String stream : ModelData.streams()) {
                requireTruth(connection, data, stream, revision);
                assertThat(DuckDbOutput.count(connection, "SELECT count(*) FROM log_" + stream))
                        .as("rows of %s", stream)
                        .isEqualTo(
                                whole ? data.rows(stream, revision) : JsonlOutput.expectedLog(data, stream, revision));
            }
        } catch (SQLException | IOException failure) {
            throw new AssertionError("cannot look into " + folder.resolve("out"), failure);
        }
    }

    private void requireTruth(Connection connection, ModelData data, String stream, int revision)
            throws SQLException, IOException {
        Path lines = folder.resolve("truth.jsonl");
        try (OutputStream out = Files.newOutputStream(lines)) {
            data.writeLines(stream, revision, out);
        }
        DuckDbOutput.run(
                connection,
                "CREATE VIEW log_" + stream + " AS SELECT * FROM read_parquet('" + folder.resolve("out/" + stream)
                        + "/**/*.parquet', union_by_name = true, hive_partitioning = false, filename = true,"
                        + " file_row_number = true)");
        Map<String, String> columns = DuckDbOutput.columns(connection, "log_" + stream);
        boolean tombstones = columns.containsKey("deleted");
        DuckDbOutput.run(
                connection,
                "CREATE VIEW applied_" + stream + " AS SELECT * EXCLUDE (filename, file_row_number"
                        + (tombstones ? ", deleted" : "") + ") FROM (FROM log_" + stream
                        + " QUALIFY row_number() OVER (PARTITION BY id ORDER BY filename DESC, file_row_number DESC) = 1)"
                        + (tombstones ? " WHERE deleted IS DISTINCT FROM true" : ""));
        String types = DuckDbOutput.columns(connection, "applied_" + stream).entrySet().stream()
                .map(column -> '"' + column.getKey() + "\": '" + column.getValue() + "'")
                .collect(Collectors.joining(", "));
        String truth = "read_json('" + lines + "', format = 'newline_delimited', columns = {" + types + "})";
        DuckDbOutput.requireSame(connection, "applied_" + stream, truth, stream);
    }
}
