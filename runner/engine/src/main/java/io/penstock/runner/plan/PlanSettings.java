package io.penstock.runner.plan;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.config.Types;
import io.penstock.record.ConnectionId;
import io.penstock.runner.caching.PlannedCache;
import io.penstock.runner.catalogue.Catalogue;
import io.penstock.runner.limits.Limits;
import io.penstock.runner.secrets.StoreSettings;
import io.penstock.runner.vault.PlannedVault;
import io.penstock.sink.SinkProvider;
import io.penstock.source.SourceProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What may stand in a plan, given what is installed. */
final class PlanSettings {

    private final Setting<Plugin<SourceProvider>> source;
    private final Setting<Plugin<SinkProvider>> sink;
    private final Setting<Limits> limits = Limits.setting();
    private final Setting<PlannedCache> cache;
    private final Setting<List<PlannedStream>> streams = Setting.of(
            "streams",
            "Which streams are read; all of them by default.",
            Types.listOf(PlannedStream.type()),
            List.of());
    private final Setting<Map<String, Parts>> connections;
    private final Setting<Map<String, Object>> profiles = Setting.optional(
            "profiles", "Changes to the plan under a name, laid over it on demand.", Types.mapOf(new ProfileType()));

    private final Setting<PlannedVault> credentials;
    private final StoreSettings stores;

    PlanSettings(Catalogue catalogue) {
        stores = new StoreSettings(catalogue);
        credentials = PlannedVault.setting(catalogue.vaults());
        source = Setting.required("source", "What is read.", new PluginType<>(catalogue.sources()));
        sink = Setting.required("sink", "Where it is written.", new PluginType<>(catalogue.sinks()));
        cache = PlannedCache.setting(catalogue.caches());
        connections = Setting.required(
                "connections",
                "One source configured for one sink, each under its name.",
                Types.mapOf(Types.object(List.of(source, limits, cache, streams, sink), this::parts)));
    }

    private Parts parts(Config config) {
        List<PlannedStream> named = config.value(streams);
        Set<String> names = new TreeSet<>();
        for (PlannedStream stream : named) {
            if (!names.add(stream.name())) {
                throw new IllegalArgumentException("the stream " + stream.name() + " is named twice: keep one");
            }
        }
        return new Parts(
                config.value(source),
                config.value(sink),
                config.optional(limits).orElse(Limits.DEFAULT),
                config.optional(cache),
                named);
    }

    /**
     * A plan as far as it is good.
     *
     * @param connections in the order written
     * @param credentials where credentials are kept, if the plan says so
     */
    record Read(List<PlannedConnection> connections, Optional<PlannedVault> credentials) {}

    /** Reads the plain values of a plan but its secret stores, noting every problem. */
    Read read(Map<?, ?> raw, Type.Place at) {
        Config config = Config.read(List.of(connections, profiles, credentials), raw, at);
        List<PlannedConnection> planned = new ArrayList<>();
        config.optional(connections)
                .orElse(Map.of())
                .forEach((name, parts) -> connection(name, parts, at.child(connections.name()), planned));
        return new Read(planned, config.optional(credentials));
    }

    private static void connection(String name, Parts parts, Type.Place at, List<PlannedConnection> planned) {
        try {
            planned.add(new PlannedConnection(
                    new ConnectionId(name),
                    parts.source(),
                    parts.sink(),
                    parts.limits(),
                    parts.cache(),
                    parts.streams()));
        } catch (IllegalArgumentException unfit) {
            at.child(name).problem(String.valueOf(unfit.getMessage()));
        }
    }

    /** The whole of it as a JSON Schema (2020-12). */
    Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(connections.name(), connections.schema());
        properties.put(profiles.name(), profiles.schema());
        properties.put(StoreSettings.NAME, stores.schema());
        properties.put(credentials.name(), credentials.schema());
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Penstock plan");
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        schema.put("required", List.of(connections.name()));
        schema.put("properties", properties);
        return schema;
    }

    private record Parts(
            Plugin<SourceProvider> source,
            Plugin<SinkProvider> sink,
            Limits limits,
            Optional<PlannedCache> cache,
            List<PlannedStream> streams) {}
}
