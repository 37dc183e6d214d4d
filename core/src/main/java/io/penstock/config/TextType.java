package io.penstock.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Text, with its references replaced. */
final class TextType implements Type<String> {

    @Override
    public @Nullable String read(Object raw, Place at) {
        return scalar(raw, at, words());
    }

    /** The text of a scalar; null after noting a problem if it is none. */
    static @Nullable String scalar(@Nullable Object raw, Place at, String words) {
        if (raw == null || raw instanceof Map || raw instanceof List) {
            at.problem("expected " + words + ", found " + Types.kind(raw));
            return null;
        }
        return References.replace(raw.toString(), at);
    }

    @Override
    public String words() {
        return "text";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string");
    }
}
