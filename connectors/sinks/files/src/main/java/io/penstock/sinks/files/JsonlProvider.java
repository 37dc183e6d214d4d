package io.penstock.sinks.files;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkProvider;
import io.penstock.sink.SinkRuntime;
import java.util.List;

/** Makes sinks that write JSON lines: one file a stream in one directory. */
public final class JsonlProvider implements SinkProvider {

    /** The directory of the files. */
    static final Setting<String> PATH =
            Setting.required("path", "Directory of the files, one <stream>.jsonl for each stream.", Types.text());

    /** For {@link java.util.ServiceLoader}. */
    public JsonlProvider() {}

    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public String summary() {
        return "JSON lines in a directory, one file a stream, exactly once";
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(PATH);
    }

    @Override
    public Sink open(Config config, SinkRuntime runtime) {
        return new JsonlSink(
                runtime.directory().resolve(config.value(PATH)).toAbsolutePath().normalize(), Disk.REAL);
    }
}
