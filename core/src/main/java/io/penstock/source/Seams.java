package io.penstock.source;

import io.penstock.client.PageBatch;
import io.penstock.observe.Lane;
import io.penstock.record.Pointer;
import io.penstock.record.RecordBytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the seams between numbered pages: a list that is written to while it is read moves under the reader.
 *
 * <p>A record that was inserted in front pushes others over the seam, and they come twice: the same record again, within the last
 * pages, is dropped. A record that was deleted pulls others back, and they are missed: the total that the API tells has changed.
 * Both are told as drift, once to the log and each time to the lane. A record whose content has changed in between is let through:
 * it is news. For one subscription.
 */
final class Seams {

    /** A record that comes again later than this many pages on is let through. */
    private static final int PAGES_KEPT = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Seams.class);

    /**
     * What is watched.
     *
     * @param key top-level fields that name a record; empty if none do
     * @param total where the API tells how many records there are
     */
    record Watched(List<String> key, Optional<Pointer> total) {}

    private final Watched watched;
    private final KeyTable.Reader reader;
    private final Deque<KeyTable> pages = new ArrayDeque<>();
    private final Lane lane;
    private KeyTable page = new KeyTable();
    private int attempt;
    private @Nullable String total;
    private boolean warned;

    Seams(Watched watched, Lane lane) {
        this.watched = watched;
        this.reader = new KeyTable.Reader(watched.key());
        this.lane = lane;
    }

    /** The batch without records that came on one of the last pages already. */
    PageBatch pass(PageBatch batch) {
        if (batch.attempt() != attempt) {
            page = new KeyTable(); // what an earlier try brought is as if it had never come
        }
        RecordBytes fresh = watched.key().isEmpty() ? batch.records() : fresh(batch.records());
        int repeated = batch.records().size() - fresh.size();
        if (repeated > 0) {
            drifted(batch, repeated + " records came again that stood on a page before");
        }
        attempt = batch.attempt();
        if (batch.end()) {
            pageEnds(batch);
        }
        return repeated == 0 ? batch : batch.with(fresh);
    }

    private RecordBytes fresh(RecordBytes records) {
        int[] kept = new int[records.size()];
        int count = 0;
        for (int i = 0; i < records.size(); i++) {
            boolean keyed = reader.read(records, i);
            if (!keyed || pages.stream().noneMatch(before -> before.has(reader))) {
                kept[count++] = i;
            }
            if (keyed) {
                page.add(reader);
            }
        }
        return ReadBefore.pick(records, kept, count);
    }

    private void pageEnds(PageBatch batch) {
        attempt = 0;
        pages.addFirst(page);
        if (pages.size() > PAGES_KEPT) {
            pages.removeLast();
        }
        page = new KeyTable();
        watched.total().flatMap(batch.values()::at).ifPresent(now -> {
            if (total != null && !total.equals(now)) {
                drifted(batch, "the total went from " + total + " to " + now);
            }
            total = now;
        });
    }

    private void drifted(PageBatch batch, String what) {
        lane.drifted();
        if (!warned) {
            warned = true;
            LOG.warn(
                    "page_drift at page {}: {}, so the list is being written to while it is read; records may be missed "
                            + "where others are deleted: read with overlap, sort by creation, or use a cursor if the API has one",
                    batch.page() + 1,
                    what);
        }
    }
}
