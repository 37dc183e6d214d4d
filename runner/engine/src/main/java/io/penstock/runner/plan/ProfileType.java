package io.penstock.runner.plan;

import io.penstock.config.Nearest;
import io.penstock.config.Type;
import io.penstock.runner.secrets.StoreSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a plan that is judged once it has been laid over the rest; here only its form is looked at. */
final class ProfileType implements Type<Object> {

    private static final List<String> PARTS = List.of("connections", StoreSettings.NAME);

    @Override
    public @Nullable Object read(Object raw, Place at) {
        if (!(raw instanceof Map<?, ?> map)) {
            at.problem("expected a " + words() + ", found '" + raw + "'");
            return null;
        }
        for (Object name : map.keySet()) {
            if (!PARTS.contains(String.valueOf(name))) {
                at.child(String.valueOf(name))
                        .problem("is not a known setting" + Nearest.hint(String.valueOf(name), PARTS));
            }
        }
        return raw;
    }

    @Override
    public String words() {
        return "mapping of connections and secrets to what is different";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of(
                "type",
                "object",
                "additionalProperties",
                false,
                "properties",
                Map.of("connections", Map.of("type", "object"), StoreSettings.NAME, Map.of("type", "object")));
    }
}
