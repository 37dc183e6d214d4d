package io.penstock.connectors.rest;

import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.record.SliceId;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a stream is divided.
 *
 * @param names what templates may use
 * @param lister lists each slice's key with the values of the names, in order
 */
record SlicePlan(Set<String> names, Function<Clock, Map<String, Map<String, String>>> lister) {

    /** One slice. */
    static final SlicePlan UNDIVIDED = new SlicePlan(Set.of(), clock -> Map.of(SliceId.ALL, Map.of()));

    /** A list, a named list, or date windows. */
    static final Type<SlicePlan> TYPE = new SlicesType();

    /** Each slice's key with the values of the names, in order. */
    Map<String, Map<String, String>> parts(Clock clock) {
        return lister.apply(clock);
    }

    /** The values of the first slice; without any if there is no slice yet. */
    Map<String, String> first(Clock clock) {
        return parts(clock).values().stream().findFirst().orElseGet(() -> unknown(names));
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
        return new SlicePlan(Set.of(name), clock -> parts);
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
