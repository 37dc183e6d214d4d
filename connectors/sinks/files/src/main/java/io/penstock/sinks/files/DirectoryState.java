package io.penstock.sinks.files;

import io.penstock.record.ConnectionId;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.sink.Claim;
import io.penstock.sink.Committed;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that is committed in one directory.
 *
 * @param epoch number of the last run that claimed it
 */
record DirectoryState(long epoch, Map<StreamId, StreamState> streams) {

    static final DirectoryState EMPTY = new DirectoryState(0, Map.of());

    /** Copies the map. */
    DirectoryState {
        streams = Collections.unmodifiableMap(new LinkedHashMap<>(streams));
    }

    /** The same with one stream changed or new. */
    DirectoryState with(StreamState stream) {
        Map<StreamId, StreamState> all = new LinkedHashMap<>(streams);
        all.put(stream.id(), stream);
        return new DirectoryState(epoch, all);
    }

    /** The same in the hands of the next run. */
    DirectoryState nextEpoch() {
        return new DirectoryState(epoch + 1, streams);
    }

    /** The file of each stream. */
    Map<StreamId, String> files() {
        Map<StreamId, String> files = new HashMap<>();
        streams.forEach((id, stream) -> files.put(id, stream.file()));
        return files;
    }

    /** What a run of {@code connection} is told. */
    Claim claim(ConnectionId connection) {
        Map<SliceId, Committed> committed = new HashMap<>();
        for (StreamState stream : streams.values()) {
            if (stream.id().connection().equals(connection)) {
                stream.current()
                        .slices()
                        .forEach((key, slice) -> committed.put(stream.id().slice(key), slice.committed()));
            }
        }
        return new Claim(epoch, committed);
    }
}
