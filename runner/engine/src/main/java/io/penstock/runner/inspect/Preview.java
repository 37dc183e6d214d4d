package io.penstock.runner.inspect;

import io.penstock.error.SentRequest;
import io.penstock.observe.RequestLog;
import io.penstock.record.StreamInfo;
import java.util.List;

/**
 * The first records of a stream, as a run would write them, and the requests that fetched them.
 *
 * @param stream what the source says of the stream, after the plan's mapping
 * @param records one JSON text each
 * @param leftOut what the mapping made of the others
 * @param requests what fetched them, in the order in which it ended
 * @param found what the plan leaves out and the answers told
 * @param looks how many requests went ahead to learn what streams there are and what shape they have
 */
public record Preview(
        StreamInfo stream,
        List<String> records,
        LeftOut leftOut,
        List<SentRequest> requests,
        List<RequestLog.Finding> found,
        int looks) {

    /** Copies the lists. */
    public Preview {
        records = List.copyOf(records);
        requests = List.copyOf(requests);
        found = List.copyOf(found);
    }
}
