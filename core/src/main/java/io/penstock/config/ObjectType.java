package io.penstock.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A mapping with settings of its own. */
record ObjectType<T>(List<Setting<?>> settings, Function<Config, T> make) implements Type<T> {

    @Override
    public @Nullable T read(Object raw, Place at) {
        if (!(raw instanceof Map<?, ?> map)) {
            at.problem("expected " + words() + ", found " + Types.kind(raw));
            return null;
        }
        int before = at.problems().all().size();
        Config config = Config.read(settings, map, at);
        if (at.problems().all().size() > before) {
            return null;
        }
        try {
            return make.apply(config);
        } catch (IllegalArgumentException unfit) {
            at.problem(String.valueOf(unfit.getMessage()));
            return null;
        }
    }

    @Override
    public String words() {
        return "mapping of "
                + String.join(", ", settings.stream().map(Setting::name).toList());
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        settings.forEach(setting -> properties.put(setting.name(), setting.schema()));
        List<String> required =
                settings.stream().filter(Setting::required).map(Setting::name).toList();
        return Map.of("type", "object", "additionalProperties", false, "properties", properties, "required", required);
    }
}
