package io.penstock.connectors.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.penstock.config.Type;
import io.penstock.config.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Any JSON value written in a plan, nulls included.
 *
 * @param make turns it into what is wanted; an {@link IllegalArgumentException} becomes the problem
 */
record JsonType<T>(Function<Object, T> make) implements Type<T> {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The value as it is. */
    static final Type<Object> ANY = new JsonType<>(value -> value);

    /** A JSON Schema of a record, as text. */
    static Type<String> schemaText() {
        return new JsonType<>(JsonType::requireSchema);
    }

    @Override
    public @Nullable T read(Object raw, Place at) {
        Object value = Types.any().read(withoutNulls(raw), at);
        try {
            return value == null ? null : make.apply(value);
        } catch (IllegalArgumentException unfit) {
            at.problem(String.valueOf(unfit.getMessage()));
            return null;
        }
    }

    /** A null would count as a value with a problem; its node is written as null all the same. */
    private static Object withoutNulls(@Nullable Object raw) {
        if (raw instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, value) -> copy.put(String.valueOf(name), withoutNulls(value)));
            return copy;
        }
        if (raw instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(value -> copy.add(withoutNulls(value)));
            return copy;
        }
        return raw == null ? NullNode.instance : raw;
    }

    private static String requireSchema(Object value) {
        if (!(value instanceof Map<?, ?> schema) || !(schema.get("properties") instanceof Map)) {
            throw new IllegalArgumentException("a schema names the fields under properties, such as "
                    + "{ type: object, properties: { id: { type: integer } } }");
        }
        try {
            return JSON.writeValueAsString(schema);
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException("the schema cannot be written as JSON", unwritable);
        }
    }

    @Override
    public String words() {
        return "JSON value";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of();
    }
}
