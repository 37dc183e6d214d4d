package io.penstock.config;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Text that a function turns into something. */
record ParsedType<T>(String words, Function<String, T> parse) implements Type<T> {

    @Override
    public @Nullable T read(Object raw, Place at) {
        String text = TextType.scalar(raw, at, words);
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException wrong) {
            at.problem(String.valueOf(wrong.getMessage()));
            return null;
        }
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", java.util.List.of("string", "number", "boolean"), "description", words);
    }
}
