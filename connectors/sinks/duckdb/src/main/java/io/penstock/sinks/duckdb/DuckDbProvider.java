package io.penstock.sinks.duckdb;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkProvider;
import io.penstock.sink.SinkRuntime;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes sinks that write a DuckDB file.
 *
 * <p>Sinks of one provider that name the same file share one database and one writer thread.
 */
public final class DuckDbProvider implements SinkProvider {

    static final Setting<String> PATH =
            Setting.required("path", "The database file; made if it is not there.", Types.text());
    static final Setting<String> SCHEMA =
            Setting.of("schema", "The schema of the tables; made if it is not there.", Types.text(), "main");
    static final Setting<String> MEMORY = Setting.of(
            "memory_limit",
            "The most memory DuckDB may use, such as 512MB.",
            Types.parsed("size such as 512MB", size -> {
                if (!size.matches("\\d{1,6}(MB|GB)")) {
                    throw new IllegalArgumentException("expected a size such as 512MB or 2GB, found '" + size + "'");
                }
                return size;
            }),
            "1GB");

    private final Databases databases = new Databases();

    /** For the service loader. */
    public DuckDbProvider() {}

    @Override
    public String name() {
        return "duckdb";
    }

    @Override
    public String summary() {
        return "Writes typed tables of a DuckDB file, rows and cursor in one transaction.";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(PATH, SCHEMA, MEMORY);
    }

    @Override
    public Sink open(Config config, SinkRuntime runtime) {
        Path file =
                runtime.directory().resolve(config.value(PATH)).toAbsolutePath().normalize();
        return new DuckDbSink(databases, file, config.value(SCHEMA), config.value(MEMORY));
    }
}
