package io.penstock.sinks.duckdb;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkProvider;
import io.penstock.sink.SinkRuntime;
import java.util.List;

/** Makes sinks that write tables of a DuckDB file. */
public final class DuckDbProvider implements SinkProvider {

    /** The file. */
    static final Setting<String> PATH =
            Setting.required("path", "The DuckDB file; made if it is missing.", Types.text());

    /** The schema inside the file. */
    static final Setting<String> SCHEMA = Setting.of(
            "schema", "The schema of the tables inside the file; made if it is missing.", Types.text(), "main");

    /** DuckDB's own limit. */
    static final Setting<String> MEMORY_LIMIT = Setting.of(
            "memory_limit",
            "The most memory DuckDB may use, such as 512MB or 2GB; beyond it, it spills to disk.",
            Types.parsed("size such as 512MB or 2GB", DuckDbProvider::size),
            "1GB");

    /** For {@link java.util.ServiceLoader}. */
    public DuckDbProvider() {}

    private static String size(String text) {
        if (!text.matches("(?i)[1-9][0-9]{0,9} ?([KMGT]i?B)")) {
            throw new IllegalArgumentException("expected a size such as 512MB or 2GB, found '" + text + "'");
        }
        return text;
    }

    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public String summary() {
        return "typed tables in a DuckDB file, exactly once";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(PATH, SCHEMA, MEMORY_LIMIT);
    }

    @Override
    public Sink open(Config config, SinkRuntime runtime) {
        String path = config.value(PATH);
        if (path.isBlank() || path.indexOf(';') >= 0 || path.startsWith(":")) {
            throw new ConfigError(
                    "path: expected the path of a file without ';', such as data.duckdb, found '" + path + "'");
        }
        return new DuckDbSink(
                runtime.directory().resolve(path).toAbsolutePath().normalize(),
                config.value(SCHEMA),
                config.value(MEMORY_LIMIT),
                runtime.timer());
    }
}
