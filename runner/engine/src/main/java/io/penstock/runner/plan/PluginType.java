package io.penstock.runner.plan;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.runner.catalogue.Shelf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping whose {@code connector} says which provider judges the rest. */
record PluginType<P>(Shelf<P> shelf) implements Type<Plugin<P>> {

    static final String CONNECTOR = "connector";

    @Override
    public @Nullable Plugin<P> read(Object raw, Place at) {
        if (!(raw instanceof Map<?, ?> map)) {
            at.problem("expected a " + words() + ", found '" + raw + "'");
            return null;
        }
        String name = map.get(CONNECTOR) == null ? "" : String.valueOf(map.get(CONNECTOR));
        P provider = shelf.find(name).orElse(null);
        if (provider == null) {
            at.child(CONNECTOR)
                    .problem(
                            name.isEmpty()
                                    ? "is missing: expected the name of a " + shelf.kind() + ", one of "
                                            + String.join(", ", shelf.names())
                                    : shelf.unknown(name));
            return null;
        }
        Map<Object, Object> settings = new LinkedHashMap<>(map);
        settings.remove(CONNECTOR);
        return new Plugin<>(name, provider, Config.read(shelf.settings(provider), settings, at));
    }

    @Override
    public String words() {
        return "mapping of connector (a " + shelf.kind() + "'s name) and its settings";
    }

    @Override
    public Map<String, Object> schema() {
        List<Object> kinds = new ArrayList<>();
        for (P provider : shelf.all()) {
            kinds.add(schema(provider));
        }
        return Map.of("type", "object", "oneOf", kinds);
    }

    private Map<String, Object> schema(P provider) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>(List.of(CONNECTOR));
        properties.put(CONNECTOR, Map.of("const", nameOf(provider)));
        for (Setting<?> setting : shelf.settings(provider)) {
            properties.put(setting.name(), setting.schema());
            if (setting.required()) {
                required.add(setting.name());
            }
        }
        return Map.of("properties", properties, "required", required, "additionalProperties", false);
    }

    private String nameOf(P provider) {
        return shelf.names().stream()
                .filter(name -> shelf.find(name).orElse(null) == provider)
                .findFirst()
                .orElseThrow();
    }
}
