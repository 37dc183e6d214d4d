package io.penstock.testkit.source;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.client.ApiClient;
import io.penstock.client.ClientResources;
import io.penstock.config.Config;
import io.penstock.config.Problems;
import io.penstock.config.SecretSource;
import io.penstock.config.Type;
import io.penstock.record.ConnectionId;
import io.penstock.source.Source;
import io.penstock.source.SourceProvider;
import io.penstock.source.SourceRuntime;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Opens sources in tests as the engine does: settings judged, a real client.
 *
 * <p>Close it after the sources. Safe for concurrent use in real time; step by step it is for one thread.
 */
public final class SourceRig implements AutoCloseable {

    /** The connection that every source here belongs to. */
    public static final ConnectionId CONNECTION = new ConnectionId("test");

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);

    private final ClientResources resources;
    private final Function<URI, ApiClient.Builder> clients;
    private LongSupplier requests = () -> 0;
    private Runnable settle = () -> {};

    private SourceRig(ClientResources resources, Function<URI, ApiClient.Builder> clients) {
        this.resources = resources;
        this.clients = clients;
    }

    /** Real time, as in a run; requests are not counted. */
    public SourceRig() {
        this(ClientResources.create());
    }

    private SourceRig(ClientResources resources) {
        this(resources, resources::client);
    }

    /**
     * Clients of one's own; requests are not counted.
     *
     * @param resources time and chance; closed with this rig
     * @param clients begins a client of a base URL
     */
    public static SourceRig of(ClientResources resources, Function<URI, ApiClient.Builder> clients) {
        return new SourceRig(resources, clients);
    }

    /**
     * Time stands still but in {@link #settle}, and each answer arrives before the call that asked for it returns. The sources
     * must not be used on threads that may not block.
     */
    public static SourceRig stepByStep() {
        ClientResources real = ClientResources.create();
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        StepTransport transport = new StepTransport(real.transport());
        SourceRig rig = new SourceRig(ClientResources.of(transport, time, real.clock(), real.random()));
        rig.requests = transport::requests;
        rig.settle = () -> time.advanceTimeBy(LONG_ENOUGH);
        return rig;
    }

    /** How many requests the sources have sent, refused and repeated ones included; 0 in real time, where nobody counts. */
    public long requests() {
        return requests.getAsLong();
    }

    /** Does what was put off: ten minutes pass at once. In real time nothing happens. */
    public void settle() {
        settle.run();
    }

    /** What sources are handed. */
    public SourceRuntime runtime() {
        return new SourceRuntime(
                CONNECTION,
                clients,
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
