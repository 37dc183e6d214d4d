package io.penstock.runner.slice;

import io.penstock.runner.host.Host;
import io.penstock.runner.plan.PlannedConnection;
import io.penstock.sink.Sink;
import io.penstock.source.Source;
import java.nio.file.Path;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Both ends of a connection, open.
 *
 * @param source what is read
 * @param sink where it is written
 */
public record Opened(Source source, Sink sink) {

    /**
     * Opens both.
     *
     * @throws io.penstock.error.BadConfig.ConfigError if the settings of one do not fit together
     */
    public static Opened of(Host host, PlannedConnection connection, Path directory) {
        Source source = host.source(connection);
        try {
            return new Opened(source, host.sink(connection, directory));
        } catch (RuntimeException unfit) {
            source.close();
            throw unfit;
        }
    }

    /** Closes both, off the event loops, because a sink may block for a moment. */
    public Mono<Void> close() {
        return Mono.<Void>fromRunnable(() -> {
                    try {
                        source.close();
                    } finally {
                        sink.close();
                    }
                })
                .subscribeOn(Schedulers.boundedElastic());
    }
}
