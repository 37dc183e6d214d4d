package io.penstock.runner.plan;

import io.penstock.config.Nearest;
import io.penstock.config.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a plan that is judged once it has been laid over the rest; here only its form is looked at. */
final class ProfileType implements Type<Object> {

    private static final String CONNECTIONS = "connections";

    @Override
    public @Nullable Object read(Object raw, Place at) {
        if (!(raw instanceof Map<?, ?> map)) {
            at.problem("expected a " + words() + ", found '" + raw + "'");
            return null;
        }
        for (Object name : map.keySet()) {
            if (!CONNECTIONS.equals(name)) {
                at.child(String.valueOf(name))
                        .problem("is not a known setting" + Nearest.hint(String.valueOf(name), List.of(CONNECTIONS)));
            }
        }
        return raw;
    }

    @Override
    public String words() {
        return "mapping of connections to what is different";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of(
                "type",
                "object",
                "additionalProperties",
                false,
                "properties",
                Map.of(CONNECTIONS, Map.of("type", "object")));
    }
}
