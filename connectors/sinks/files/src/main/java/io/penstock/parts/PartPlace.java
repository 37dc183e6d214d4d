package io.penstock.parts;

import io.penstock.parts.directory.Place;
import io.penstock.record.Batch;
import io.penstock.record.SliceId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Spool;
import java.io.IOException;

/**
 * What a stage has gathered for its next parts.
 *
 * @param scan what was seen of it, perhaps of some discarded records too
 */
record PartPlace(StreamInfo stream, SliceId slice, boolean replacing, Spool spool, PartFormat.Scan scan)
        implements Place {

    @Override
    public void write(Batch batch) throws IOException {
        synchronized (scan) {
            scan.add(batch.records());
        }
        spool.write(batch);
    }

    @Override
    public void discard(long page, int attempt) throws IOException {
        spool.discard(page, attempt);
    }

    /** Forgets what is committed. */
    void clear() throws IOException {
        spool.clear();
        synchronized (scan) {
            scan.clear();
        }
    }
}
