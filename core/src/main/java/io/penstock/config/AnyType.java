package io.penstock.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any raw value, with the references in its texts replaced. */
final class AnyType implements Type<Object> {

    @Override
    public @Nullable Object read(Object raw, Place at) {
        if (raw instanceof Map<?, ?> map) {
            return Types.readAll(map, this, at);
        }
        if (raw instanceof List<?> list) {
            return Types.readAll(list, this, at);
        }
        return raw instanceof String text ? References.replace(text, at) : raw;
    }

    @Override
    public String words() {
        return "any value";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of();
    }
}
