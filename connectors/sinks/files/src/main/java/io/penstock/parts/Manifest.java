package io.penstock.parts;

import io.penstock.parts.directory.SliceState;
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
 * @param ending of its parts
 */
record Manifest(long epoch, String ending, Map<StreamId, StreamParts> streams) {

    /** Copies the map. */
    Manifest {
        streams = Collections.unmodifiableMap(new LinkedHashMap<>(streams));
    }

    /** The same with one stream changed or new. */
    Manifest with(StreamParts stream) {
        Map<StreamId, StreamParts> all = new LinkedHashMap<>(streams);
        all.put(stream.id(), stream);
        return new Manifest(epoch, ending, all);
    }

    /** The same in the hands of the next run. */
    Manifest nextEpoch() {
        return new Manifest(epoch + 1, ending, streams);
    }

    /** The folder of each stream. */
    Map<StreamId, String> folders() {
        Map<StreamId, String> folders = new HashMap<>();
        streams.forEach((id, stream) -> folders.put(id, stream.folder()));
        return folders;
    }

    /** What a run of {@code connection} is told. */
    Claim claim(ConnectionId connection) {
        Map<SliceId, Committed> committed = new HashMap<>();
        for (StreamParts stream : streams.values()) {
            if (stream.id().connection().equals(connection)) {
                for (Map.Entry<String, SliceState> slice :
                        stream.current().slices().entrySet()) {
                    committed.put(
                            stream.id().slice(slice.getKey()), slice.getValue().committed());
                }
            }
        }
        return new Claim(epoch, committed);
    }
}
