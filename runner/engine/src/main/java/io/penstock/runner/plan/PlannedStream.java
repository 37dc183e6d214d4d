package io.penstock.runner.plan;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.runner.mapping.PlannedMapping;
import io.penstock.runner.mapping.RecordErrors;
import io.penstock.sink.WriteMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream that a plan names.
 *
 * @param name what the source calls it
 * @param mode how it is written; empty to choose what fits the stream and the sink
 * @param start where the first read begins, in the source's own words, such as {@code 2026-01-01}; empty for the beginning
 * @param mapping what is done to its records on their way
 * @param errors what becomes of records that do not fit
 */
public record PlannedStream(
        String name, Optional<WriteMode> mode, Optional<String> start, PlannedMapping mapping, RecordErrors errors) {

    private static final Setting<String> NAME =
            Setting.required("name", "What the source calls the stream.", Types.text());
    private static final Setting<WriteMode> MODE = Setting.optional(
            "mode",
            "What happens to rows that are already there; by default what fits the stream and the sink.",
            Types.oneOf(WriteMode.class));
    private static final Setting<String> START = Setting.optional(
            "start", "Where the first read begins, such as 2026-01-01; by default at the beginning.", Types.text());

    /** A stream whose records are forwarded as they are. */
    public PlannedStream(String name, Optional<WriteMode> mode, Optional<String> start) {
        this(name, mode, start, PlannedMapping.NONE, RecordErrors.FAIL);
    }

    /** A stream without wishes. */
    public static PlannedStream of(String name) {
        return new PlannedStream(name, Optional.empty(), Optional.empty());
    }

    /** A bare name, or a mapping of the settings. */
    static Type<PlannedStream> type() {
        return new Written(Types.object(settings(), PlannedStream::from));
    }

    private static List<Setting<?>> settings() {
        List<Setting<?>> settings = new ArrayList<>(List.of(NAME, MODE, START));
        settings.addAll(PlannedMapping.SETTINGS);
        settings.addAll(RecordErrors.SETTINGS);
        return settings;
    }

    private static PlannedStream from(Config config) {
        return new PlannedStream(
                config.value(NAME),
                config.optional(MODE),
                config.optional(START),
                PlannedMapping.from(config),
                RecordErrors.from(config));
    }

    private record Written(Type<PlannedStream> mapping) implements Type<PlannedStream> {

        @Override
        public @Nullable PlannedStream read(Object raw, Place at) {
            if (raw instanceof Map) {
                return mapping.read(raw, at);
            }
            String name = Types.text().read(raw, at);
            return name == null ? null : PlannedStream.of(name);
        }

        @Override
        public String words() {
            return "stream's name, or " + mapping.words();
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("oneOf", List.of(Types.text().schema(), mapping.schema()));
            return schema;
        }
    }
}
