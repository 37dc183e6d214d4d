package io.penstock.connectors.rest;

import io.penstock.source.Source;
import io.penstock.testkit.source.SourceRig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Sources from the YAML that stands in a plan. */
final class Plans {

    private Plans() {}

    /** Reads a mapping. */
    @SuppressWarnings("unchecked") // a plan is a mapping with names
    static Map<String, Object> yaml(String text) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    /** The source of the only connection in a whole plan, with another base URL. */
    @SuppressWarnings("unchecked") // connections and their sources are mappings with names
    static Map<String, Object> source(String plan, String baseUrl) {
        Map<String, Object> connections =
                (Map<String, Object>) Objects.requireNonNull(yaml(plan).get("connections"));
        Map<String, Object> connection =
                (Map<String, Object>) connections.values().iterator().next();
        Map<String, Object> source = new LinkedHashMap<>((Map<String, Object>) connection.get("source"));
        source.remove("connector");
        source.put("base_url", baseUrl);
        return source;
    }

    /** A source of the settings in {@code text}, {@code base_url} apart. */
    static Source open(SourceRig rig, String baseUrl, String text) {
        Map<String, Object> settings = new LinkedHashMap<>(yaml(text));
        settings.put("base_url", baseUrl);
        return rig.open(
                new RestProvider(), settings, Map.of("KEY", "secret-key", "TOKEN", "demo-token", "WRONG", "no"));
    }
}
