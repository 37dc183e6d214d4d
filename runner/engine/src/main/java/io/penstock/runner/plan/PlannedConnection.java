package io.penstock.runner.plan;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.ConnectionId;
import io.penstock.runner.caching.PlannedCache;
import io.penstock.runner.limits.Limits;
import io.penstock.runner.mapping.RecordErrors.Policy;
import io.penstock.sink.Sink;
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

    /**
     * Makes sure that the sink can do what the plan says becomes of records that do not fit.
     *
     * @throws ConfigError naming the first stream whose dead letters it cannot keep
     */
    public void requireGrave(Sink opened) {
        for (PlannedStream stream : streams) {
            if (stream.errors().policy() == Policy.DEAD_LETTER && !opened.keepsDeadLetters()) {
                throw new ConfigError("the stream " + id + "/" + stream.name()
                        + " cannot keep dead letters: the sink " + sink.connector()
                        + " has no place for them. Use on_record_error: fail or skip");
            }
        }
    }

    /** This connection with other limits. */
    public PlannedConnection with(Limits other) {
        return new PlannedConnection(id, source, sink, other, cache, streams);
    }
}
