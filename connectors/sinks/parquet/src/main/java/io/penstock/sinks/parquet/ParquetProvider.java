package io.penstock.sinks.parquet;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.parts.PartsSettings;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkProvider;
import io.penstock.sink.SinkRuntime;
import java.util.List;
import java.util.Locale;

/** Makes sinks that write Parquet files: parts in one folder a stream. */
public final class ParquetProvider implements SinkProvider {

    /** How the columns are compressed. */
    static final Setting<Codec> COMPRESSION = Setting.of(
            "compression", "How columns are compressed: `zstd`, `snappy` or `none`.", Types.oneOf(Codec.class), "zstd");

    /** DuckDB's own limit. */
    static final Setting<String> MEMORY_LIMIT = Setting.of(
            "memory_limit",
            "The most memory DuckDB may use to write a file, such as `512MB` or `2GB`; beyond it, it spills to disk.",
            Types.parsed("size such as 512MB or 2GB", ParquetProvider::size),
            "1GB");

    /** The codecs that every reader knows. */
    enum Codec {
        ZSTD,
        SNAPPY,
        NONE;

        /** As DuckDB spells it. */
        String sql() {
            return this == NONE ? "uncompressed" : name().toLowerCase(Locale.ROOT);
        }
    }

    /** For {@link java.util.ServiceLoader}. */
    public ParquetProvider() {}

    private static String size(String text) {
        if (!text.matches("(?i)[1-9][0-9]{0,9} ?([KMGT]i?B)")) {
            throw new IllegalArgumentException("expected a size such as 512MB or 2GB, found '" + text + "'");
        }
        return text;
    }

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public String summary() {
        return "typed Parquet files in a directory, one folder a stream, exactly once";
    }

    @Override
    public List<Setting<?>> settings() {
        return PartsSettings.and(COMPRESSION, MEMORY_LIMIT);
    }

    @Override
    public Sink open(Config config, SinkRuntime runtime) {
        ParquetFormat format = new ParquetFormat(config.value(COMPRESSION), config.value(MEMORY_LIMIT));
        return PartsSettings.sink(name(), format, config, runtime);
    }
}
