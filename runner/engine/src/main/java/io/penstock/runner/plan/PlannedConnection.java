package io.penstock.runner.plan;

import io.penstock.record.ConnectionId;
import io.penstock.runner.caching.PlannedCache;
import io.penstock.runner.limits.Limits;
import io.penstock.sink.SinkProvider;
import io.penstock.source.SourceProvider;
import java.util.List;
import java.util.Optional;

/**
 * A connection of a plan.
 *
 * @param id its name
 * @param source what is read
 * @param sink where it is written
 * @param limits what may be spent
 * @param cache keeps answers; empty for none
 * @param streams which streams; empty for all
 */
public record PlannedConnection(
        ConnectionId id,
        Plugin<SourceProvider> source,
        Plugin<SinkProvider> sink,
        Limits limits,
        Optional<PlannedCache> cache,
        List<PlannedStream> streams) {

    /** Copies the list. */
    public PlannedConnection {
        streams = List.copyOf(streams);
    }

    /** This connection with other limits. */
    public PlannedConnection with(Limits other) {
        return new PlannedConnection(id, source, sink, other, cache, streams);
    }
}
