package io.penstock.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.ModelData;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.postgresql.Driver;

/** A schema of its own in a PostgreSQL that all tests of this process share, and the processes that they start. */
record PostgresOutput(String schema) implements Output {

    PostgresOutput(Path folder) {
        this("t_"
                + UUID.nameUUIDFromBytes(folder.toString().getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace('-', '_'));
    }

    /** Started at its first use. */
    private static final class Server {

        static final int PORT = start();

        private static int start() {
            try {
                return EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofMinutes(1))
                        .setServerConfig("fsync", "off")
                        .start()
                        .getPort();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    @Override
    public String sink() {
        return "{ connector: postgres, url: \"postgres://localhost:" + Server.PORT
                + "/postgres\", user: postgres, schema: " + schema + " }";
    }

    @Override
    public void requireTruth(ModelData data, int revision, boolean whole) {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        try (Connection connection = Objects.requireNonNull(
                new Driver().connect("jdbc:postgresql://localhost:" + Server.PORT + "/postgres", properties))) {
            connection.setAutoCommit(false);
            for (String stream : ModelData.streams()) {
                requireTruth(connection, data, stream, revision);
            }
            connection.rollback();
        } catch (SQLException | IOException failure) {
            throw new AssertionError("cannot look into the schema " + schema, failure);
        }
    }

    /** The truth is read as rows of the table: EXCEPT ALL counts copies, so that a doubled row is a difference. */
    private void requireTruth(Connection connection, ModelData data, String stream, int revision)
            throws SQLException, IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        data.writeLines(stream, revision, lines);
        String truth = "truth_" + stream;
        run(connection, "CREATE TEMPORARY TABLE " + truth + " (line jsonb)");
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + truth
                + " SELECT CAST(l AS jsonb) FROM unnest(string_to_array(?, chr(10))) l WHERE l <> ''")) {
            insert.setString(1, lines.toString(StandardCharsets.UTF_8));
            insert.executeUpdate();
        }
        String table = schema + "." + stream;
        assertThat(query(
                        connection,
                        "SELECT DISTINCT k FROM " + truth
                                + ", jsonb_each(line) AS e(k, v) WHERE v <> 'null' AND k NOT IN"
                                + " (SELECT attname FROM pg_attribute WHERE attrelid = to_regclass('" + table + "'))"))
                .as("fields of %s without a column", stream)
                .isEmpty();
        String landed = "SELECT CAST(t AS text) AS r FROM " + table + " t";
        String expected = "SELECT CAST(jsonb_populate_record(CAST(NULL AS " + table + "), line) AS text) FROM " + truth;
        assertThat(query(connection, landed + " EXCEPT ALL " + expected + " LIMIT 5"))
                .as("rows of %s that should not be there", stream)
                .isEmpty();
        assertThat(query(connection, expected + " EXCEPT ALL (" + landed + ") LIMIT 5"))
                .as("rows of %s that are missing", stream)
                .isEmpty();
        assertThat(query(connection, "SELECT count(*) FROM " + table))
                .as("rows of %s", stream)
                .containsExactly(Long.toString(data.rows(stream, revision)));
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> query(Connection connection, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }
}
