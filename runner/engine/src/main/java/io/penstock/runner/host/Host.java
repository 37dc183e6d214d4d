package io.penstock.runner.host;

import io.micrometer.core.instrument.MeterRegistry;
import io.penstock.cache.ResponseCache;
import io.penstock.client.ApiClient;
import io.penstock.message.Origin;
import io.penstock.runner.plan.PlannedConnection;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkRuntime;
import io.penstock.source.Source;
import io.penstock.source.SourceRuntime;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/**
 * What the runner must not create itself.
 *
 * @param clients begins the HTTP clients of sources
 * @param timer clock and timer of all waits
 * @param clock wall clock, for dates in data and reports only
 * @param random for jitter; safe for concurrent use
 * @param meters where meters are registered
 */
public record Host(ClientFactory clients, Scheduler timer, Clock clock, RandomGenerator random, MeterRegistry meters) {

    private static final Logger LOG = LoggerFactory.getLogger(Host.class);

    /**
     * Opens the source of a connection.
     *
     * @throws io.penstock.error.BadConfig.ConfigError if its settings do not fit together
     */
    public Source source(PlannedConnection connection) {
        return source(connection, Optional.empty());
    }

    /**
     * Opens the source of a connection.
     *
     * @param cache what its client reads through; stays the caller's to close
     * @throws io.penstock.error.BadConfig.ConfigError if its settings do not fit together
     */
    public Source source(PlannedConnection connection, Optional<ResponseCache> cache) {
        if (!connection.limits().raised().isEmpty()) {
            LOG.info(
                    "{}: limits above their defaults: {}",
                    connection.id(),
                    String.join(", ", connection.limits().raised()));
        }
        SourceRuntime runtime = new SourceRuntime(
                connection.id(), base -> client(connection, base, cache), timer, clock, random, meters);
        return connection.source().provider().open(connection.source().config(), runtime);
    }

    /**
     * Opens the sink of a connection.
     *
     * @param directory what relative paths in its settings are relative to
     * @throws io.penstock.error.BadConfig.ConfigError if its settings do not fit together
     */
    public Sink sink(PlannedConnection connection, Path directory) {
        SinkRuntime runtime = new SinkRuntime(timer, clock, directory);
        return connection.sink().provider().open(connection.sink().config(), runtime);
    }

    private ApiClient.Builder client(PlannedConnection connection, URI base, Optional<ResponseCache> cache) {
        Origin api = Origin.of(base);
        if (!api.confidential()) {
            LOG.warn(
                    "{}: base_url is plain http: everybody on the way to {} can read credentials and data; use https",
                    connection.id(),
                    api);
        }
        ApiClient.Builder client = clients.at(base).owner(connection.id().name());
        connection.limits().applyTo(client);
        connection.limits().retry().map(clients::retry).ifPresent(client::retry);
        cache.ifPresent(client::cache);
        return client;
    }
}
