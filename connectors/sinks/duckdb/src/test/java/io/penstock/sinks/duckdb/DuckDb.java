package io.penstock.sinks.duckdb;

import io.penstock.config.Config;
import io.penstock.record.StreamId;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkRuntime;
import io.penstock.testkit.sink.Rows;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import reactor.core.scheduler.Schedulers;

/** Opens the sink, and looks into its file as a person would. */
final class DuckDb {

    private DuckDb() {}

    static Path file(Path directory) {
        return directory.resolve("shop.duckdb");
    }

    static Sink open(Path directory) {
        return open(directory, Map.of());
    }

    static Sink open(Path directory, Map<String, String> more) {
        DuckDbProvider provider = new DuckDbProvider();
        Map<String, String> settings = new LinkedHashMap<>(more);
        settings.put("path", "shop.duckdb");
        return provider.open(
                Config.of(provider.settings(), settings),
                new SinkRuntime(Schedulers.parallel(), Clock.systemUTC(), directory));
    }

    /** The rows of a query as JSON. */
    static List<String> query(Path directory, String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + file(directory), new Properties());
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
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + file(directory), new Properties());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static List<Map<String, Object>> rows(Path directory, StreamId stream) {
        if (!Files.exists(file(directory))
                || query(directory, "SELECT 1 FROM duckdb_tables() WHERE table_name = '" + stream.name() + "'")
                        .isEmpty()) {
            return List.of();
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + file(directory), new Properties());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM \"" + stream.name() + "\"")) {
            while (result.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    String text = result.getString(i);
                    if (text != null) {
                        row.put(
                                result.getMetaData().getColumnName(i),
                                value(result.getMetaData().getColumnTypeName(i), text));
                    }
                }
                rows.add(row);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return rows;
    }

    private static Object value(String type, String text) {
        return switch (type) {
            case "BIGINT" -> Long.valueOf(text);
            case "HUGEINT" -> new BigInteger(text);
            case "DOUBLE" -> new BigDecimal(text);
            case "BOOLEAN" -> Boolean.valueOf(text);
            case "JSON" -> Rows.of("{\"v\":" + text + "}").get("v");
            default -> text;
        };
    }
}
