package io.penstock.runner.slice;

import io.penstock.cache.CacheCounts;
import io.penstock.runner.caching.OpenCache;
import io.penstock.runner.host.Host;
import io.penstock.runner.plan.PlannedConnection;
import io.penstock.sink.Sink;
import io.penstock.source.Source;
import java.nio.file.Path;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Both ends of a connection, open.
 *
 * @param source what is read
 * @param sink where it is written
 * @param cache what the source reads through; empty for none
 */
public record Opened(Source source, Sink sink, Optional<OpenCache> cache) {

    /**
     * Opens both.
     *
     * @throws io.penstock.error.BadConfig.ConfigError if the settings of one do not fit together
     */
    public static Opened of(Host host, PlannedConnection connection, Path directory) {
        Optional<OpenCache> cache = connection.cache().map(planned -> planned.open(host.timer(), host.clock()));
        try {
            Source source = host.source(connection, cache.map(OpenCache::responses));
            try {
                return new Opened(source, host.sink(connection, directory), cache);
            } catch (RuntimeException unfit) {
                source.close();
                throw unfit;
            }
        } catch (RuntimeException unfit) {
            cache.ifPresent(OpenCache::close);
            throw unfit;
        }
    }

    /** What the cache has done so far. */
    public Optional<CacheCounts> cached() {
        return cache.map(open -> open.responses().counts());
    }

    /** Closes all, off the event loops, because a sink may block for a moment. */
    public Mono<Void> close() {
        return Mono.<Void>fromRunnable(() -> {
                    try {
                        source.close();
                    } finally {
                        cache.ifPresent(OpenCache::close);
                        sink.close();
                    }
                })
                .subscribeOn(Schedulers.boundedElastic());
    }
}
