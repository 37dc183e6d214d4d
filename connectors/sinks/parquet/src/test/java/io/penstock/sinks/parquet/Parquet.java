package io.penstock.sinks.parquet;

import io.penstock.config.Config;
import io.penstock.record.StreamId;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkRuntime;
import io.penstock.testkit.sink.Rows;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import reactor.core.scheduler.Schedulers;

/** Opens the sink, and looks into its folder as a person would: whatever parts are there. */
final class Parquet {

    private Parquet() {}

    static Sink open(Path directory) {
        return open(directory, Map.of());
    }

    static Sink open(Path directory, Map<String, ?> more) {
        ParquetProvider provider = new ParquetProvider();
        Map<String, Object> settings = new LinkedHashMap<>(more);
        settings.put("path", directory.toString());
        return provider.open(
                Config.of(provider.settings(), settings),
                new SinkRuntime(Schedulers.parallel(), Clock.systemUTC(), directory));
    }

    /** The files that a plain glob finds. */
    static List<Path> parts(Path directory, StreamId stream) {
        Path folder = directory.resolve(stream.name());
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The first column of a query. */
    static List<String> query(String sql) {
        List<String> found = new ArrayList<>();
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                found.add(result.getString(1));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return found;
    }

    static List<Map<String, Object>> rows(Path directory, StreamId stream) {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = connection.createStatement()) {
            for (Path part : parts(directory, stream)) {
                try (ResultSet result = statement.executeQuery(
                        "SELECT * FROM read_parquet('" + part + "', hive_partitioning = false)")) {
                    while (result.next()) {
                        rows.add(row(result));
                    }
                }
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
            case "BIGINT" -> Long.valueOf(text);
            case "DECIMAL(38,0)" -> new BigInteger(text);
            case "DOUBLE" -> new BigDecimal(text);
            case "BOOLEAN" -> Boolean.valueOf(text);
            case "JSON" -> Rows.of("{\"v\":" + text + "}").get("v");
            default -> text;
        };
    }
}
