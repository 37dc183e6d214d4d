package io.penstock.sinks.files;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.parts.PartsSettings;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkProvider;
import io.penstock.sink.SinkRuntime;
import java.util.List;

/** Makes sinks that write comma-separated values: part files in one folder a stream. */
public final class CsvProvider implements SinkProvider {

    /** For {@link java.util.ServiceLoader}. */
    public CsvProvider() {}

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public String summary() {
        return "CSV files in a directory, one folder a stream, exactly once";
    }

    @Override
    public List<Setting<?>> settings() {
        return PartsSettings.and(JsonlProvider.COMPRESSION);
    }

    @Override
    public Sink open(Config config, SinkRuntime runtime) {
        return PartsSettings.sink(name(), new CsvFormat(config.value(JsonlProvider.COMPRESSION)), config, runtime);
    }
}
