package io.penstock.runner.mapping.verb;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.runner.mapping.value.Raw;
import io.penstock.runner.mapping.value.Raw.Kind;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What one field must be for its record to be kept. Numbers are compared exactly, texts by their characters; values of different
 * kinds are neither equal nor in any order. Null counts as missing.
 */
public final class Condition {

    private static final Setting<List<Object>> IS =
            Setting.optional("is", "One of these values.", Types.listOf(Types.any()));
    private static final Setting<List<Object>> NOT = Setting.optional(
            "not", "None of these values; a missing field is none of them.", Types.listOf(Types.any()));
    private static final Setting<Boolean> PRESENT =
            Setting.optional("present", "Whether it must be there and not null.", Types.bool());
    private static final Setting<Object> MIN = Setting.optional("min", "This or more.", Types.any());
    private static final Setting<Object> MAX = Setting.optional("max", "This or less.", Types.any());
    private static final Setting<Object> ABOVE = Setting.optional("above", "More than this.", Types.any());
    private static final Setting<Object> BELOW = Setting.optional("below", "Less than this.", Types.any());
    private static final List<Setting<?>> SETTINGS = List.of(IS, NOT, PRESENT, MIN, MAX, ABOVE, BELOW);

    private final Optional<List<Raw>> is;
    private final List<Raw> not;
    private final Optional<Boolean> present;
    private final List<Bound> bounds;

    private record Bound(Raw value, IntPredicate order) {}

    private Condition(Optional<List<Raw>> is, Config config) {
        this.is = is;
        this.not = config.optional(NOT).map(Condition::scalars).orElse(List.of());
        this.present = config.optional(PRESENT);
        this.bounds = java.util.stream.Stream.of(
                        bound(config, MIN, order -> order >= 0),
                        bound(config, MAX, order -> order <= 0),
                        bound(config, ABOVE, order -> order > 0),
                        bound(config, BELOW, order -> order < 0))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Condition from(Config config) {
        if (SETTINGS.stream().noneMatch(config::has)) {
            throw new IllegalArgumentException("expected one of is, not, present, min, max, above, below, found none");
        }
        return new Condition(config.optional(IS).map(Condition::scalars), config);
    }

    private static Condition oneOf(List<Object> values) {
        return new Condition(Optional.of(scalars(values)), Config.of(SETTINGS, Map.of()));
    }

    private static Optional<Bound> bound(Config config, Setting<Object> setting, IntPredicate order) {
        return config.optional(setting).map(value -> new Bound(scalar(value), order));
    }

    private static List<Raw> scalars(List<Object> values) {
        return values.stream().map(Condition::scalar).toList();
    }

    private static Raw scalar(Object value) {
        if (value instanceof List || value instanceof Map) {
            throw new IllegalArgumentException("expected texts, numbers, true or false to compare with, found "
                    + (value instanceof List ? "a list" : "a mapping"));
        }
        return Raw.plain(value);
    }

    /** As a setting: a value, a list of values one of which it must be, or a mapping of comparisons that must all hold. */
    public static Type<Condition> type() {
        return new Written(Types.listOf(Types.any()), Types.object(SETTINGS, Condition::from));
    }

    /** Whether one of {@code values} is as it must be, and none what it must not be; several where a path leads through arrays. */
    boolean holds(List<Raw> values) {
        List<Raw> there =
                values.stream().filter(value -> value.kind() != Kind.NULL).toList();
        if (present.isPresent() && present.get() == there.isEmpty()) {
            return false;
        }
        if (there.isEmpty()) {
            return is.isEmpty() && bounds.isEmpty();
        }
        return there.stream().noneMatch(value -> contains(not, value))
                && there.stream()
                        .anyMatch(value -> is.map(all -> contains(all, value)).orElse(true)
                                && bounds.stream().allMatch(bound -> inside(value, bound)));
    }

    private static boolean contains(List<Raw> all, Raw value) {
        return all.stream().anyMatch(one -> order(value, one).equals(OptionalInt.of(0)));
    }

    private static boolean inside(Raw value, Bound bound) {
        OptionalInt order = order(value, bound.value());
        boolean words = value.kind() == Kind.BOOLEAN;
        return !words && order.isPresent() && bound.order().test(order.getAsInt());
    }

    private static OptionalInt order(Raw a, Raw b) {
        if (a.kind() != b.kind()) {
            return OptionalInt.empty();
        }
        return switch (a.kind()) {
            case NUMBER -> OptionalInt.of(new BigDecimal(a.text()).compareTo(new BigDecimal(b.text())));
            case STRING, BOOLEAN -> OptionalInt.of(a.text().compareTo(b.text()));
            default -> OptionalInt.empty();
        };
    }

    private record Written(Type<List<Object>> values, Type<Condition> mapping) implements Type<Condition> {

        @Override
        public @Nullable Condition read(Object raw, Place at) {
            if (raw instanceof Map) {
                return mapping.read(raw, at);
            }
            List<Object> list = values.read(raw, at);
            try {
                return list == null ? null : oneOf(list);
            } catch (IllegalArgumentException unfit) {
                at.problem(String.valueOf(unfit.getMessage()));
                return null;
            }
        }

        @Override
        public String words() {
            return "value, list of values, or " + mapping.words();
        }

        @Override
        public Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put(
                    "oneOf",
                    List.of(
                            Map.of("type", List.of("string", "number", "boolean")),
                            Map.of("type", "array", "items", Map.of("type", List.of("string", "number", "boolean"))),
                            mapping.schema()));
            return schema;
        }
    }
}
