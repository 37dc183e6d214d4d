package io.penstock.connectors.rest;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Slices that are stretches of time, one after the other; a window that has begun is read whole, and its key stays the same.
 *
 * @param from first day
 * @param to day after the last one; empty for today's window as the last
 * @param step how long each is
 * @param end days between a window's end and the day that is said to be its end: 0, or 1 where the API includes the end
 */
record DateWindows(LocalDate from, Optional<LocalDate> to, Period step, int end) {

    /** What the keys of windows begin with that a person asks for besides the stream's own. */
    static final String BETWEEN = "between=";

    private static final int MOST = 100_000;

    private static final Setting<LocalDate> FROM = Setting.required("from", "First day, such as 2025-01-01.", day());
    private static final Setting<LocalDate> TO =
            Setting.optional("to", "Day after the last one; by default windows go on to today.", day());
    private static final Setting<Period> STEP =
            Setting.of("step", "How long a window is: days, weeks or months, such as 1d, 1w, 1m.", length(), "1m");
    private static final Setting<String> START_NAME =
            Setting.of("start", "What templates call a window's first day.", Types.text(), "start");
    private static final Setting<String> END_NAME =
            Setting.of("end", "What templates call a window's end.", Types.text(), "end");
    private static final Setting<Config> AS = Setting.of(
            "as", "Names for templates.", Types.object(List.of(START_NAME, END_NAME), names -> names), Map.of());
    private static final Setting<Boolean> INCLUSIVE = Setting.of(
            "inclusive",
            "Whether the API takes the end as a day that still belongs to the window.",
            Types.bool(),
            false);
    private static final Setting<ValueFormat> FORMAT = Setting.of(
            "format",
            "How the API wants the days: date, iso8601, epoch or epoch_ms.",
            Types.oneOf(ValueFormat.class),
            "date");

    /** A mapping. */
    static final Type<SlicePlan> TYPE = Types.object(List.of(FROM, TO, STEP, AS, INCLUSIVE, FORMAT), DateWindows::plan);

    private static SlicePlan plan(Config config) {
        DateWindows windows = new DateWindows(
                config.value(FROM), config.optional(TO), config.value(STEP), config.value(INCLUSIVE) ? 1 : 0);
        if (windows.to.isPresent() && !windows.to.get().isAfter(windows.from)) {
            throw new IllegalArgumentException("to must be after from " + windows.from + ", found " + windows.to.get());
        }
        String start = config.value(AS).value(START_NAME);
        String end = config.value(AS).value(END_NAME);
        Named named = new Named(start, end, config.value(FORMAT));
        return new SlicePlan(
                Set.of(start, end),
                clock -> windows.parts(LocalDate.now(clock).plusDays(1), (day, last) -> "from=" + day, named),
                Optional.of((first, last) -> new DateWindows(first, Optional.of(last), windows.step, windows.end)
                        .parts(last, (day, next) -> BETWEEN + day + ".." + next, named)));
    }

    /** What templates call a window's days, and how the API wants them. */
    private record Named(String start, String end, ValueFormat format) {}

    private Map<String, Map<String, String>> parts(
            LocalDate today, BiFunction<LocalDate, LocalDate, String> key, Named named) {
        LocalDate stop = to.orElse(today);
        Map<String, Map<String, String>> parts = new LinkedHashMap<>();
        LocalDate day = from;
        for (int i = 1; day.isBefore(stop) && i <= MOST; i++) {
            LocalDate next =
                    from.plus(step.multipliedBy(i)); // from the start: a month after January 31 is not a month later
            LocalDate last = to.isPresent() && next.isAfter(stop) ? stop : next;
            parts.put(
                    key.apply(day, last),
                    Map.of(
                            named.start, named.format.render(day.toString()),
                            named.end,
                                    named.format.render(last.minusDays(this.end).toString())));
            day = next;
        }
        return parts;
    }

    private static Type<LocalDate> day() {
        return Types.parsed("day such as 2025-01-01", text -> {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException noDay) {
                throw new IllegalArgumentException("expected a day such as 2025-01-01, found '" + text + "'", noDay);
            }
        });
    }

    private static Type<Period> length() {
        return Types.parsed("step such as 1d, 1w or 1m", text -> {
            if (!text.matches("[1-9]\\d{0,3}[dwm]")) {
                throw new IllegalArgumentException("expected a step such as 1d, 1w or 1m, found '" + text + "'");
            }
            return Period.parse("P" + text.toUpperCase(java.util.Locale.ROOT));
        });
    }
}
