package io.penstock.connectors.reference;

import io.penstock.client.PageBatch;
import io.penstock.page.Paging;
import io.penstock.record.Resume;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;

/** What was bought: a cursor in the body, to be sent back. One slice a month: all orders lie in 2025. */
final class OrdersStream implements ReferenceStream {

    private static final String MONTH = "month=";

    @Override
    public String name() {
        return "orders";
    }

    @Override
    public Resume resume() {
        return Resume.PAGE_TOKEN;
    }

    @Override
    public List<String> slices() {
        return IntStream.rangeClosed(1, 12)
                .mapToObj(month -> MONTH + YearMonth.of(2025, month))
                .toList();
    }

    @Override
    public Flux<PageBatch> pages(StreamRead read) {
        String month = read.slice().id().key().substring(MONTH.length());
        return read.get("/v1/orders")
                .query("month", month)
                .query("limit", read.size())
                .pages(Paging.cursor("/next_cursor", "cursor"))
                .from(read.token())
                .batches("/items");
    }
}
