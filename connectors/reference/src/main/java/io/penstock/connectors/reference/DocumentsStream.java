package io.penstock.connectors.reference;

import io.penstock.client.PageBatch;
import io.penstock.page.Paging;
import io.penstock.record.Resume;
import reactor.core.publisher.Flux;

/** What was written: each page holds the URL of the next. */
final class DocumentsStream implements ReferenceStream {

    @Override
    public String name() {
        return "documents";
    }

    @Override
    public Resume resume() {
        return Resume.PAGE_TOKEN;
    }

    @Override
    public Flux<PageBatch> pages(StreamRead read) {
        return read.get("/v1/documents")
                .query("limit", read.size())
                .pages(Paging.nextUrl("/next"))
                .from(read.url())
                .batches("/results");
    }
}
