package io.penstock.runner.inspect;

import io.penstock.observe.RequestLog;
import io.penstock.record.StreamInfo;
import java.util.List;

/**
 * The first records of a stream and the requests that fetched them.
 *
 * @param stream what the source says of the stream
 * @param records one JSON text each
 * @param requests what was sent
 */
public record Preview(StreamInfo stream, List<String> records, List<RequestLog.Entry> requests) {

    /** Copies the lists. */
    public Preview {
        records = List.copyOf(records);
        requests = List.copyOf(requests);
    }
}
