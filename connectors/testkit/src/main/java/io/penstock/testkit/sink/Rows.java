package io.penstock.testkit.sink;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads rows that are written as JSON. */
public final class Rows {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Rows() {}

    /** The fields of one row that are not null, as {@link SinkHooks#visible} wants them. */
    public static Map<String, Object> of(String json) {
        try {
            Map<String, Object> row = JSON.readValue(json, new TypeReference<>() {});
            row.values().removeIf(Objects::isNull);
            row.replaceAll((name, value) -> widened(value));
            return row;
        } catch (IOException broken) {
            throw new UncheckedIOException("not a row: " + json, broken);
        }
    }

    private static Object widened(Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof List<?> items) {
            List<Object> all = new ArrayList<>();
            items.forEach(item -> all.add(widened(item)));
            return all;
        }
        if (value instanceof Map<?, ?> fields) {
            Map<Object, Object> all = new LinkedHashMap<>();
            fields.forEach((name, item) -> all.put(name, widened(item)));
            return all;
        }
        return value;
    }
}
