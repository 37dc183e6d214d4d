package io.penstock.cli;

import io.penstock.cli.view.Console;
import io.penstock.cli.view.Quantities;
import io.penstock.cli.view.Table;
import io.penstock.error.BadConfig.ConfigError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import picocli.CommandLine.Model.CommandSpec;

/** {@code query FILE SQL}: so that a person without a DuckDB of their own can look at what landed. Reads only. */
final class QueryVerb implements Verb {

    private static final long ROWS = 100;
    private static final String MEMORY = ":memory:";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("query")
                .addPositional(Words.position(
                        0, "FILE", true, "A DuckDB file, or :memory: to ask other files, such as Parquet."))
                .addPositional(Words.position(1, "SQL", true, "The question."))
                .addOption(Words.number("--rows", "N", "Show at most so many rows; default 100."));
        spec.usageMessage()
                .description("Asks a DuckDB file, or other files, for those who have no duckdb command.")
                .footer(
                        "",
                        "Examples:",
                        "  penstock query penstock-demo/demo.duckdb \"SHOW TABLES\"",
                        "  penstock query shop.duckdb \"SELECT status, count(*) FROM orders GROUP BY 1\"",
                        "  penstock query :memory: \"SELECT count(*) FROM 'out/orders/*.parquet'\"");
        return spec;
    }

    @Override
    public int run(Words words, Console console) {
        String file = words.position(0).orElseThrow();
        try (Connection connection = opened(file, console);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(words.position(1).orElseThrow())) {
            print(result, words.count("--rows", ROWS, 1, Integer.MAX_VALUE), console);
            return 0;
        } catch (SQLException refused) {
            throw new ConfigError("DuckDB cannot answer from " + file + ": " + refused.getMessage(), refused);
        }
    }

    private static Connection opened(String name, Console console) throws SQLException {
        if (name.equals(MEMORY)) {
            Properties here = new Properties();
            here.setProperty("file_search_path", console.directory().toString());
            return DriverManager.getConnection("jdbc:duckdb:", here);
        }
        Path file = console.directory().resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new ConfigError("there is no file " + file + ": check the path");
        }
        Properties readOnly = new Properties();
        readOnly.setProperty("duckdb.read_only", "true");
        return DriverManager.getConnection("jdbc:duckdb:" + file, readOnly);
    }

    private static void print(ResultSet result, long most, Console console) throws SQLException {
        List<String> names = new ArrayList<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            names.add(result.getMetaData().getColumnLabel(column));
        }
        Table table = new Table(names);
        long rows = 0;
        while (result.next() && ++rows <= most) {
            table.add(row(result, names.size()));
        }
        table.lines().forEach(console.out()::println);
        if (rows > most) {
            console.say("Only the first " + Quantities.count(most) + " rows are shown: raise --rows for more.");
        }
    }

    private static List<String> row(ResultSet result, int columns) throws SQLException {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
            String value = result.getString(column);
            row.add(value == null ? "NULL" : value.replaceAll("\\s+", " "));
        }
        return row;
    }
}
