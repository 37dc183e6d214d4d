package io.penstock.connectors.reference;

import io.penstock.client.PageBatch;
import io.penstock.page.Paging;
import io.penstock.record.Resume;
import reactor.core.publisher.Flux;

/** Who buys: numbered pages, and a flag that says whether there is another. */
final class CustomersStream implements ReferenceStream {

    @Override
    public String name() {
        return "customers";
    }

    @Override
    public Resume resume() {
        return Resume.NONE; // a deleted customer moves all after it one place forward: page 7 is not page 7 tomorrow
    }

    @Override
    public boolean numbered() {
        return true;
    }

    @Override
    public Flux<PageBatch> pages(StreamRead read) {
        return read.get("/v1/customers")
                .query("per_page", read.size())
                .pages(Paging.page("page", 1).hasNext("/has_next"))
                .batches("/data");
    }
}
