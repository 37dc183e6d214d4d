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
 * @param boundary whether records at the value asked for come too
 * @param ordered whether records come in the order of the field
 */
record IncrementalSpec(
        String field,
        Optional<String> param,
        Optional<String> start,
        ValueFormat format,
        Boundary boundary,
        boolean ordered) {

    /** Which records an API gives that is asked for those from a value on. */
    enum Boundary {
        INCLUSIVE,
        EXCLUSIVE
    }

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

    private static final Setting<Boundary> BOUNDARY = Setting.of(
            "boundary",
            "Whether the API gives records at the value asked for too (inclusive) or those beyond it only (exclusive).",
            Types.oneOf(Boundary.class),
            "inclusive");
    private static final Setting<Boolean> ORDERED = Setting.of(
            "ordered",
            "Whether records come in the order of the field, so that a broken-off read goes on where it stood; an answer "
                    + "out of order is refused.",
            Types.bool(),
            false);

    /** A mapping. */
    static final Type<IncrementalSpec> TYPE =
            Types.object(List.of(FIELD, PARAM, START, FORMAT, BOUNDARY, ORDERED), IncrementalSpec::of);

    private static IncrementalSpec of(Config config) {
        IncrementalSpec spec = new IncrementalSpec(
                config.value(FIELD),
                config.optional(PARAM),
                config.optional(START),
                config.value(FORMAT),
                config.value(BOUNDARY),
                config.value(ORDERED));
        spec.start().ifPresent(spec.format()::render);
        return spec;
    }

    /** What to ask from: the end of the last read, or the start that the plan names. */
    Optional<String> asked(Optional<String> since) {
        return since.or(this::start).map(format::render);
    }
}
