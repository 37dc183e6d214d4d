package io.penstock.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A list of values of one kind. */
record ListType<T>(Type<T> item) implements Type<List<T>> {

    @Override
    public @Nullable List<T> read(Object raw, Place at) {
        return Types.readAll(raw instanceof List<?> list ? list : List.of(raw), item, at);
    }

    @Override
    public String words() {
        return "list of " + item.words();
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "array", "items", item.schema());
    }
}
