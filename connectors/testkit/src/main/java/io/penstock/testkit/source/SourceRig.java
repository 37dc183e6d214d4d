package io.penstock.testkit.source;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.client.ClientResources;
import io.penstock.config.Config;
import io.penstock.config.Problems;
import io.penstock.config.SecretSource;
import io.penstock.config.Type;
import io.penstock.record.ConnectionId;
import io.penstock.source.Source;
import io.penstock.source.SourceProvider;
import io.penstock.source.SourceRuntime;
import java.util.Map;

/**
 * Opens sources in tests as the engine does: settings judged, a real client in real time.
 *
 * <p>Close it after the sources. Safe for concurrent use.
 */
public final class SourceRig implements AutoCloseable {

    /** The connection that every source here belongs to. */
    public static final ConnectionId CONNECTION = new ConnectionId("test");

    private final ClientResources resources = ClientResources.create();

    /** What sources are handed. */
    public SourceRuntime runtime() {
        return new SourceRuntime(
                CONNECTION,
                resources::client,
                resources.timer(),
                resources.clock(),
                resources.random(),
                new SimpleMeterRegistry());
    }

    /** A source with these settings. */
    public Source open(SourceProvider provider, Map<String, ?> settings) {
        return open(provider, settings, Map.of());
    }

    /**
     * A source with these settings.
     *
     * @param variables what {@code ${env:NAME}} refers to
     * @throws io.penstock.error.BadConfig.ConfigError naming every problem of the settings
     */
    public Source open(SourceProvider provider, Map<String, ?> settings, Map<String, String> variables) {
        Problems problems = new Problems();
        Config config = Config.read(
                provider.settings(), settings, new Type.Place("source", problems, SecretSource.of(variables)));
        problems.throwIfAny("the source");
        return provider.open(config, runtime());
    }

    @Override
    public void close() {
        resources.close();
    }
}
