package io.penstock.runner.summary;

import io.penstock.cache.CacheCounts;
import io.penstock.record.ConnectionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one connection of a run ended.
 *
 * @param connection its name
 * @param firstLook what was asked before them
 * @param streams its streams, in order
 * @param rows how many rows the sink holds, by stream's name, as far as it can tell cheaply
 * @param look what a person types to look at the data; may be empty
 * @param failures what was parked
 * @param cache what its response cache has done; empty if it has none
 */
public record ConnectionSummary(
        ConnectionId connection,
        FirstLook firstLook,
        List<StreamReport> streams,
        Map<String, Long> rows,
        String look,
        List<Failure> failures,
        Optional<CacheCounts> cache) {

    /** Copies the collections. */
    public ConnectionSummary {
        streams = List.copyOf(streams);
        rows = Map.copyOf(rows);
        failures = List.copyOf(failures);
    }
}
