package io.penstock.parts;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.parts.directory.DirectorySink;
import io.penstock.parts.directory.Disk;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The settings that all formats of part files share, and the sink that they make. */
public final class PartsSettings {

    /** The directory of the streams. */
    public static final Setting<String> PATH = Setting.required(
            "path", "Directory of the files, or of the folders with parts; made if it is missing.", Types.text());

    /** What keeps parts apart. */
    static final Setting<List<PartitionField>> PARTITION_BY = Setting.optional(
            "partition_by",
            "Fields whose values become folders, such as `country`, or for dates `created_at:month` (`year`, `month`,"
                    + " `day`, `hour`).",
            Types.listOf(Types.parsed("field such as country or created_at:month", PartitionField::of)));

    /** When a part is full. */
    static final Setting<Roll> ROLL = Setting.optional(
            "roll",
            "When a part is full: `bytes` of records as JSON (`256MiB` if left out) or `age` (`1m`).",
            Types.object(Roll.SETTINGS, Roll::of));

    private PartsSettings() {}

    /** The settings of a connector: those of all parts, and its own. */
    public static List<Setting<?>> and(Setting<?>... own) {
        List<Setting<?>> all = new ArrayList<>(List.of(PATH));
        all.addAll(List.of(own));
        all.addAll(List.of(PARTITION_BY, ROLL));
        return List.copyOf(all);
    }

    /** Whether {@code config} says that there are to be parts, for connectors that otherwise write one file. */
    public static boolean areGiven(Config config) {
        return config.has(PARTITION_BY) || config.has(ROLL);
    }

    /**
     * A sink of parts.
     *
     * @param name the connector's
     */
    public static Sink sink(String name, PartFormat format, Config config, SinkRuntime runtime) {
        return sink(name, format, config, runtime, Disk.REAL);
    }

    /** As {@link #sink(String, PartFormat, Config, SinkRuntime)}, on a disk that may fail. */
    public static Sink sink(String name, PartFormat format, Config config, SinkRuntime runtime, Disk disk) {
        Path path =
                runtime.directory().resolve(config.value(PATH)).toAbsolutePath().normalize();
        PartsTarget target = new PartsTarget(
                path,
                format,
                config.optional(PARTITION_BY).orElse(List.of()),
                config.optional(ROLL).orElse(Roll.USUAL),
                disk);
        return new DirectorySink<>(name, target, failure -> DirectorySink.sorted("writing parts in " + path, failure));
    }
}
