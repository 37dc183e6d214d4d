package io.penstock.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping from free names to values of one kind. */
record MapType<T>(Type<T> value) implements Type<Map<String, T>> {

    @Override
    public @Nullable Map<String, T> read(Object raw, Place at) {
        if (raw instanceof Map<?, ?> map) {
            return Types.readAll(map, value, at);
        }
        at.problem("expected " + words() + ", found " + Types.kind(raw));
        return null;
    }

    @Override
    public String words() {
        return "mapping of names to " + value.words();
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "object", "additionalProperties", value.schema());
    }
}
