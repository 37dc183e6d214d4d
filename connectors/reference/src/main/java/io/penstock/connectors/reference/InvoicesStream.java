package io.penstock.connectors.reference;

import io.penstock.client.PageBatch;
import io.penstock.page.Paging;
import io.penstock.record.Resume;
import reactor.core.publisher.Flux;

/** What was billed: an offset and a limit. */
final class InvoicesStream implements ReferenceStream {

    @Override
    public String name() {
        return "invoices";
    }

    @Override
    public Resume resume() {
        return Resume.NONE; // a deleted invoice moves all after it one place forward
    }

    @Override
    public boolean numbered() {
        return true;
    }

    @Override
    public Flux<PageBatch> pages(StreamRead read) {
        return read.get("/v1/invoices")
                .pages(Paging.offset("offset", "limit", read.pageSize()))
                .batches("/invoices");
    }
}
