package io.penstock.connectors.rest;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import java.util.List;
import java.util.Optional;

/**
 * How a stream is asked for what has changed.
 *
 * @param field top-level field of the records that grows with each change
 * @param param query parameter that takes the value to begin at; empty when a template holds {@code {since}}
 * @param start where the first read begins
 * @param format how the value is written
 */
record IncrementalSpec(String field, Optional<String> param, Optional<String> start, ValueFormat format) {

    /** What templates call the value to begin at. */
    static final String SINCE = "since";

    private static final Setting<String> FIELD = Setting.required(
            "field", "Top-level field of a record that grows with each change: a time or a number.", Types.text());
    private static final Setting<String> PARAM = Setting.optional(
            "param", "Query parameter that asks for records from a value on, such as updated_since.", Types.text());
    private static final Setting<String> START = Setting.optional(
            "start", "Where the very first read begins; by default with everything there is.", Types.text());
    private static final Setting<ValueFormat> FORMAT = Setting.of(
            "format",
            "How the API wants the value: as_is, iso8601, date, epoch (seconds) or epoch_ms.",
            Types.oneOf(ValueFormat.class),
            "as_is");

    /** A mapping. */
    static final Type<IncrementalSpec> TYPE = Types.object(List.of(FIELD, PARAM, START, FORMAT), IncrementalSpec::of);

    private static IncrementalSpec of(Config config) {
        IncrementalSpec spec = new IncrementalSpec(
                config.value(FIELD), config.optional(PARAM), config.optional(START), config.value(FORMAT));
        spec.start().ifPresent(spec.format()::render);
        return spec;
    }

    /** What to ask from: the end of the last read, or the start that the plan names. */
    Optional<String> asked(Optional<String> since) {
        return since.or(this::start).map(format::render);
    }
}
