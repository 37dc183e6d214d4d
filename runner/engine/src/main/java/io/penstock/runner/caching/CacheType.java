package io.penstock.runner.caching;

import io.penstock.cache.CachePolicy;
import io.penstock.cache.CacheProvider;
import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.runner.catalogue.Shelf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mapping whose setting <i>store</i> says which provider judges the rest. */
record CacheType(Shelf<CacheProvider> stores) implements Type<PlannedCache> {

    private static final Setting<String> STORE = Setting.of(
            "store", "Where answers are kept; penstock connectors lists what there is.", Types.text(), "memory");
    private static final Setting<Duration> TTL = Setting.required(
            "ttl",
            "For how long an answer is taken without asking, such as 5m, unless the server says less; after that, and with 0s, it"
                    + " is asked whether the answer still holds.",
            Types.duration());
    private static final Setting<Duration> KEEP =
            Setting.of("keep", "For how long an answer is kept to ask whether it still holds.", Types.duration(), "1d");
    private static final Setting<Long> LARGEST =
            Setting.of("largest", "The largest body that is kept.", Types.bytes(1, 16 << 20), "4MiB");

    static final List<Setting<?>> COMMON = List.of(STORE, TTL, KEEP, LARGEST);

    @Override
    public @Nullable PlannedCache read(Object raw, Place at) {
        if (!(raw instanceof Map<?, ?> map)) {
            at.problem("expected a " + words() + ", found '" + raw + "'");
            return null;
        }
        Object given = map.get(STORE.name());
        String name = given == null ? "memory" : String.valueOf(given);
        CacheProvider provider = stores.find(name).orElse(null);
        if (provider == null) {
            at.child(STORE.name()).problem(stores.unknown(name));
            return null;
        }
        List<Setting<?>> settings = new ArrayList<>(COMMON);
        settings.addAll(provider.settings());
        int before = at.problems().all().size();
        Config config = Config.read(settings, map, at);
        return at.problems().all().size() > before ? null : planned(provider, config, at);
    }

    private static @Nullable PlannedCache planned(CacheProvider provider, Config config, Place at) {
        try {
            CachePolicy policy = CachePolicy.builder()
                    .ttl(config.value(TTL))
                    .keep(config.value(KEEP))
                    .largest(config.value(LARGEST).intValue())
                    .build();
            return new PlannedCache(provider, config, policy);
        } catch (ConfigError unfit) {
            at.problem(String.valueOf(unfit.getMessage()));
            return null;
        }
    }

    @Override
    public String words() {
        return "mapping of store (one of " + String.join(", ", stores.names()) + "), ttl and the store's settings";
    }

    @Override
    public Map<String, Object> schema() {
        List<Object> kinds = new ArrayList<>();
        stores.all().forEach(store -> kinds.add(schema(store)));
        return Map.of("type", "object", "oneOf", kinds);
    }

    private static Map<String, Object> schema(CacheProvider store) {
        Map<String, Object> properties = new LinkedHashMap<>();
        COMMON.forEach(setting -> properties.put(setting.name(), setting.schema()));
        properties.put(STORE.name(), Map.of("const", store.name()));
        List<String> required = new ArrayList<>(List.of(TTL.name()));
        if (!store.name().equals("memory")) {
            required.add(STORE.name());
        }
        for (Setting<?> setting : store.settings()) {
            properties.put(setting.name(), setting.schema());
            if (setting.required()) {
                required.add(setting.name());
            }
        }
        return Map.of("properties", properties, "required", required, "additionalProperties", false);
    }
}
