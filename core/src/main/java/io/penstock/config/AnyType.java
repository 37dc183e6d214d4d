package io.penstock.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any raw value, null inside of it too, with the references in its texts replaced. */
final class AnyType implements Type<Object> {

    @Override
    public @Nullable Object read(Object raw, Place at) {
        if (raw instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            map.forEach((name, value) ->
                    values.put(String.valueOf(name), readOrNull(value, at.child(String.valueOf(name)))));
            return values;
        }
        if (raw instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>(list.size());
            for (int i = 0; i < list.size(); i++) {
                values.add(readOrNull(list.get(i), at.child(Integer.toString(i))));
            }
            return values;
        }
        return raw instanceof String text ? References.replace(text, at) : raw;
    }

    private @Nullable Object readOrNull(@Nullable Object raw, Place at) {
        return raw == null ? null : read(raw, at);
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
