package io.penstock.connectors.reference;

import io.penstock.client.PageBatch;
import io.penstock.page.Paging;
import io.penstock.record.Resume;
import reactor.core.publisher.Flux;

/** What happened: the next page stands in the Link header (RFC 8288), the records are the whole body. */
final class EventsStream implements ReferenceStream {

    @Override
    public String name() {
        return "events";
    }

    @Override
    public Resume resume() {
        return Resume.PAGE_TOKEN; // nothing is ever deleted, so a page stays what it is
    }

    @Override
    public Flux<PageBatch> pages(StreamRead read) {
        return read.get("/v1/events")
                .query("per_page", read.size())
                .pages(Paging.link())
                .from(read.url())
                .batches("");
    }
}
