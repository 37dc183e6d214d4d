package io.penstock.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One setting, declared once as a constant: its parsing, validation, documentation and JSON Schema all come from here.
 *
 * @param <T> what its value is
 */
public final class Setting<T> {

    private final String name;
    private final String description;
    private final Type<T> type;
    private final boolean required;
    private final @Nullable Object fallback;

    private Setting(String name, String description, Type<T> type, boolean required, @Nullable Object fallback) {
        this.name = name;
        this.description = description;
        this.type = type;
        this.required = required;
        this.fallback = fallback;
    }

    /** A setting that must be given. */
    public static <T> Setting<T> required(String name, String description, Type<T> type) {
        return new Setting<>(name, description, type, true, null);
    }

    /** A setting that may be left out, and then has no value. */
    public static <T> Setting<T> optional(String name, String description, Type<T> type) {
        return new Setting<>(name, description, type, false, null);
    }

    /** A setting that may be left out, and then is {@code fallback}, given in the form in which a person would write it. */
    public static <T> Setting<T> of(String name, String description, Type<T> type, Object fallback) {
        return new Setting<>(name, description, type, false, fallback);
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /** What it does, in one or two sentences. */
    public String description() {
        return description;
    }

    /** What kind of value it takes. */
    public Type<T> type() {
        return type;
    }

    /** Whether it must be given. */
    public boolean required() {
        return required;
    }

    /** What it is when it is left out, as a person would write it. */
    public Optional<Object> fallback() {
        return Optional.ofNullable(fallback);
    }

    /** As a JSON Schema in plain values. */
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>(type.schema());
        schema.put("description", description);
        fallback().ifPresent(value -> schema.put("default", value));
        return schema;
    }
}
