package io.penstock.connectors.rest;

import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.record.Pointer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The stream whose records a stream is read for.
 *
 * @param stream its name
 * @param bindings where in a parent's record the value lies that {@code {name}} stands for
 * @param include where in a parent's record the value lies that each child gets as field {@code name}
 */
record ParentSpec(String stream, Map<String, Pointer> bindings, Map<String, Pointer> include) {

    /** A mapping with free names. */
    static final Type<ParentSpec> TYPE = new ParentType();

    private static final class ParentType implements Type<ParentSpec> {

        private static final Type<Pointer> POINTER = Types.parsed("JSON Pointer such as /id", Pointer::of);
        private static final Type<Map<String, Pointer>> POINTERS = Types.mapOf(POINTER);

        @Override
        public @Nullable ParentSpec read(Object raw, Place at) {
            Map<?, ?> map = raw instanceof Map<?, ?> given ? given : Map.of();
            Object named = map.get("stream");
            if (named == null || map.size() < 2) {
                at.problem("expected " + words());
                return null;
            }
            Map<String, Object> bound = new LinkedHashMap<>();
            map.forEach((name, value) -> bound.put(String.valueOf(name), value));
            bound.remove("stream");
            String stream = Types.text().read(named, at.child("stream"));
            Object included = bound.remove("include");
            Map<String, Pointer> include = included == null ? Map.of() : POINTERS.read(included, at.child("include"));
            Map<String, Pointer> bindings = POINTERS.read(bound, at);
            return stream == null || include == null || bindings == null
                    ? null
                    : new ParentSpec(stream, bindings, include);
        }

        @Override
        public String words() {
            return "mapping such as { stream: orders, id: /id }, where {id} stands for the value at /id of an order";
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of(
                    "type", "object",
                    "properties",
                            Map.of(
                                    "stream", Map.of("type", "string"),
                                    "include", POINTERS.schema()),
                    "required", java.util.List.of("stream"),
                    "additionalProperties", POINTER.schema());
        }
    }
}
