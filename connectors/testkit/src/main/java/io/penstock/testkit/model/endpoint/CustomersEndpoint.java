package io.penstock.testkit.model.endpoint;

import io.penstock.testkit.model.data.Filter;
import io.penstock.testkit.model.data.RecordReader;
import io.penstock.testkit.model.data.Selection;
import io.penstock.testkit.model.record.Bytes;
import io.penstock.testkit.model.record.ModelStream;
import reactor.core.publisher.Mono;

/** {@code GET /v1/customers}: numbered pages with {@code has_next} and {@code total_pages}. */
final class CustomersEndpoint implements Endpoint {

    private static final byte[] DATA = Bytes.utf8("{\"data\":[");
    private static final byte[] PAGE = Bytes.utf8("],\"page\":");
    private static final byte[] PER_PAGE = Bytes.utf8(",\"per_page\":");
    private static final byte[] TOTAL = Bytes.utf8(",\"total_pages\":");
    private static final byte[] NEXT = Bytes.utf8(",\"has_next\":");

    private final Pages pages;

    CustomersEndpoint(Pages pages) {
        this.pages = pages;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        Query query = call.query();
        int page = query.number("page", 1, 1, Integer.MAX_VALUE);
        int size = query.size("per_page");
        Filter filter = Filter.NONE
                .since(query.instant("updated_since", Long.MIN_VALUE))
                .created(query.instant("start_date", Long.MIN_VALUE), query.instant("end_date", Long.MAX_VALUE));
        return pages.answer(call, ModelStream.CUSTOMERS, filter, (found, reader) -> page(page, size, found, reader));
    }

    private static Reply page(int page, int size, Selection found, RecordReader reader) {
        Bytes out = Pages.room(size, found).raw(DATA);
        int after = Pages.write(found, reader, found.at((page - 1L) * size, reader), size, out);
        out.raw(PAGE).number(page).raw(PER_PAGE).number(size);
        out.raw(TOTAL).number((found.total() + size - 1L) / size);
        return Reply.ok(out.raw(NEXT).bool(after >= 0).ascii('}'));
    }
}
