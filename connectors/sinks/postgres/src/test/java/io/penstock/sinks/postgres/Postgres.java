package io.penstock.sinks.postgres;

import io.penstock.config.Config;
import io.penstock.record.StreamId;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkRuntime;
import io.penstock.testkit.sink.Rows;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.scheduler.Schedulers;

/** Opens the sink on a schema of its own for each directory, and looks into the database as a person would. */
final class Postgres {

    private Postgres() {}

    /** The schema that belongs to a directory. */
    static String schema(Path directory) {
        return "t_" + HexFormat.of().formatHex(Sql.digest(directory.toString())).substring(0, 12);
    }

    static Sink open(Path directory) {
        return open(directory, Map.of());
    }

    static Sink open(Path directory, Map<String, String> more) {
        PostgresProvider provider = new PostgresProvider();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("url", "postgres://localhost:" + TestServer.port() + "/postgres");
        settings.put("user", "postgres");
        settings.put("schema", schema(directory));
        settings.putAll(more);
        return provider.open(
                Config.of(provider.settings(), settings),
                new SinkRuntime(Schedulers.parallel(), Clock.systemUTC(), directory));
    }

    /** The first column of the rows of a query, which finds the schema of the directory by itself. */
    static List<String> query(Path directory, String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = in(directory);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return rows;
    }

    static void execute(Path directory, String sql) {
        try (Connection connection = in(directory);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A session that finds the schema of the directory by itself. */
    static Connection in(Path directory) throws SQLException {
        Connection connection = TestServer.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + schema(directory));
        }
        return connection;
    }

    static List<Map<String, Object>> rows(Path directory, StreamId stream) {
        List<Map<String, Object>> rows = new ArrayList<>();
        if (query(directory, "SELECT to_regclass('" + schema(directory) + "." + stream.name() + "')")
                        .get(0)
                == null) {
            return rows;
        }
        try (Connection connection = in(directory);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM " + Sql.name(stream.name()))) {
            while (result.next()) {
                rows.add(row(result));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return rows;
    }

    private static Map<String, Object> row(ResultSet result) throws SQLException {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            String text = result.getString(i);
            if (text != null) {
                row.put(
                        result.getMetaData().getColumnName(i),
                        value(result.getMetaData().getColumnTypeName(i), text));
            }
        }
        return row;
    }

    private static Object value(String type, String text) {
        return switch (type) {
            case "int8" -> Long.valueOf(text);
            case "numeric" -> text.indexOf('.') < 0 ? new BigInteger(text) : new BigDecimal(text);
            case "bool" -> text.equals("t");
            case "json", "jsonb" -> Rows.of("{\"v\":" + text + "}").get("v");
            default -> text;
        };
    }
}
