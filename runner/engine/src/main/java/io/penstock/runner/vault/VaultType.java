package io.penstock.runner.vault;

import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.runner.catalogue.Shelf;
import io.penstock.store.VaultProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping whose setting <i>store</i> says which provider judges the rest. */
record VaultType(Shelf<VaultProvider> places) implements Type<PlannedVault> {

    private static final Setting<String> STORE = Setting.required(
            "store", "Where credentials are kept; penstock connectors lists what there is.", Types.text());
    private static final Setting<Secret> KEY = Setting.required(
            "key",
            "What they are encrypted with, such as ${env:CREDENTIALS_KEY}: 32 bytes in Base64, the same for all processes, made by"
                    + " openssl rand -base64 32.",
            Types.secret());

    static final List<Setting<?>> COMMON = List.of(STORE, KEY);

    @Override
    public @Nullable PlannedVault read(Object raw, Place at) {
        if (!(raw instanceof Map<?, ?> map)) {
            at.problem("expected a " + words() + ", found '" + raw + "'");
            return null;
        }
        Object given = map.get(STORE.name());
        if (given == null) {
            at.child(STORE.name()).problem("is missing: one of " + String.join(", ", places.names()));
            return null;
        }
        VaultProvider provider = places.find(String.valueOf(given)).orElse(null);
        if (provider == null) {
            at.child(STORE.name()).problem(places.unknown(String.valueOf(given)));
            return null;
        }
        List<Setting<?>> settings = new ArrayList<>(COMMON);
        settings.addAll(provider.settings());
        int before = at.problems().all().size();
        Config config = Config.read(settings, map, at);
        return at.problems().all().size() > before ? null : new PlannedVault(provider, config, config.value(KEY));
    }

    @Override
    public String words() {
        return "mapping of store (one of " + String.join(", ", places.names()) + "), key and the store's settings";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of(
                "type",
                "object",
                "oneOf",
                places.all().stream().map(VaultType::schema).toList());
    }

    private static Map<String, Object> schema(VaultProvider place) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(STORE.name(), Map.of("const", place.name()));
        properties.put(KEY.name(), KEY.schema());
        List<String> required = new ArrayList<>(List.of(STORE.name(), KEY.name()));
        for (Setting<?> setting : place.settings()) {
            properties.put(setting.name(), setting.schema());
            if (setting.required()) {
                required.add(setting.name());
            }
        }
        return Map.of("properties", properties, "required", required, "additionalProperties", false);
    }
}
