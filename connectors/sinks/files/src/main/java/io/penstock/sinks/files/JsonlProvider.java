package io.penstock.sinks.files;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.parts.Compression;
import io.penstock.parts.PartsSettings;
import io.penstock.parts.directory.DirectorySink;
import io.penstock.parts.directory.Disk;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkProvider;
import io.penstock.sink.SinkRuntime;
import java.nio.file.Path;
import java.util.List;

/** Makes sinks that write JSON lines: one growing file a stream, or part files in one folder a stream. */
public final class JsonlProvider implements SinkProvider {

    /** How lines are pressed together. */
    static final Setting<Compression> COMPRESSION = Setting.of(
            "compression",
            "How files are compressed: `none`, `gzip` or `zstd`.",
            Types.oneOf(Compression.class),
            "none");

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
        return PartsSettings.and(COMPRESSION);
    }

    @Override
    public Sink open(Config config, SinkRuntime runtime) {
        Compression compression = config.value(COMPRESSION);
        if (PartsSettings.areGiven(config)) {
            return PartsSettings.sink(name(), new LineFormat(compression), config, runtime);
        }
        Path path = runtime.directory()
                .resolve(config.value(PartsSettings.PATH))
                .toAbsolutePath()
                .normalize();
        return sink(path, compression, Disk.REAL);
    }

    /** A sink of one growing file for each stream. */
    static Sink sink(Path path, Compression compression, Disk disk) {
        return new DirectorySink<>(
                "jsonl",
                new OutputDirectory(path, compression, disk),
                failure -> DirectorySink.sorted("writing JSON lines in " + path, failure));
    }
}
