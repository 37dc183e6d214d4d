package io.penstock.connectors.rest;

import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.record.SliceId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a stream is divided.
 *
 * @param names what templates may use
 * @param lister lists each slice's key with the values of the names, in order
 * @param windows how any other stretch of time is divided; empty where slices are not windows
 */
record SlicePlan(
        Set<String> names, Function<Clock, Map<String, Map<String, String>>> lister, Optional<Windows> windows) {

    /** Divides stretches of time. */
    interface Windows {

        /** Each slice's key with the values of the names, in order. */
        Map<String, Map<String, String>> between(LocalDate from, LocalDate to);
    }

    /** One slice. */
    static final SlicePlan UNDIVIDED =
            new SlicePlan(Set.of(), clock -> Map.of(SliceId.ALL, Map.of()), Optional.empty());

    /** A list, a named list, or date windows. */
    static final Type<SlicePlan> TYPE = new SlicesType();

    /** Each slice's key with the values of the names, in order. */
    Map<String, Map<String, String>> parts(Clock clock) {
        return lister.apply(clock);
    }

    /** The values of the slice {@code key}, one of the plan or of any other stretch of time; null if there is no such slice. */
    @Nullable Map<String, String> values(String key, Clock clock) {
        Optional<LocalDate> from = begin(key);
        if (from.isEmpty() || windows.isEmpty()) {
            return parts(clock).get(key);
        }
        LocalDate to = LocalDate.parse(key.substring(key.indexOf("..") + 2));
        return windows.get().between(from.get(), to).get(key);
    }

    /** The first day of a slice that a person asked for besides the plan's; empty for the plan's own. */
    static Optional<LocalDate> begin(String key) {
        return key.matches(DateWindows.BETWEEN + "\\d{4}-\\d\\d-\\d\\d\\.\\.\\d{4}-\\d\\d-\\d\\d")
                ? Optional.of(LocalDate.parse(key.substring(DateWindows.BETWEEN.length(), key.indexOf(".."))))
                : Optional.empty();
    }

    /** The values of each slice, in order; of one without any if there is no slice yet. */
    Collection<Map<String, String>> beginnings(Clock clock) {
        Collection<Map<String, String>> all = parts(clock).values();
        return all.isEmpty() ? List.of(unknown(names)) : all;
    }

    private static Map<String, String> unknown(Set<String> names) {
        return names.stream().collect(java.util.stream.Collectors.toMap(name -> name, name -> ""));
    }

    private static SlicePlan values(String name, List<String> values) {
        Map<String, Map<String, String>> parts = new LinkedHashMap<>();
        for (String value : values) {
            if (parts.put(name + "=" + value, Map.of(name, value)) != null) {
                throw new IllegalArgumentException("the value " + value + " stands here twice: remove one of them");
            }
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("expected at least one value");
        }
        return new SlicePlan(Set.of(name), clock -> parts, Optional.empty());
    }

    private static final class SlicesType implements Type<SlicePlan> {

        private static final Type<List<String>> VALUES = Types.listOf(Types.text());

        @Override
        public @Nullable SlicePlan read(Object raw, Place at) {
            if (raw instanceof Map<?, ?> map && map.containsKey("from")) {
                return DateWindows.TYPE.read(raw, at);
            }
            String name = raw instanceof Map<?, ?> map && map.size() == 1
                    ? String.valueOf(map.keySet().iterator().next())
                    : "slice";
            Object given = raw instanceof Map<?, ?> map && map.size() == 1
                    ? map.values().iterator().next()
                    : raw;
            if (!(given instanceof List<?>)) {
                at.problem("expected " + words());
                return null;
            }
            List<String> values = VALUES.read(given, at);
            try {
                return values == null ? null : values(name, values);
            } catch (IllegalArgumentException unfit) {
                at.problem(String.valueOf(unfit.getMessage()));
                return null;
            }
        }

        @Override
        public String words() {
            return "a list of values, a list under a name such as { region: [eu, us] }, or date windows such as "
                    + "{ from: 2025-01-01, step: 1m }";
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("oneOf", List.of(VALUES.schema(), Map.of("type", "object"), DateWindows.TYPE.schema()));
        }
    }
}
