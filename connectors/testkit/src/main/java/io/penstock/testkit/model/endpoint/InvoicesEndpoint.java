package io.penstock.testkit.model.endpoint;

import io.penstock.testkit.model.data.Filter;
import io.penstock.testkit.model.data.RecordReader;
import io.penstock.testkit.model.data.Selection;
import io.penstock.testkit.model.record.Bytes;
import io.penstock.testkit.model.record.ModelStream;
import reactor.core.publisher.Mono;

/** {@code GET /v1/invoices}: offset and limit, with a total. */
final class InvoicesEndpoint implements Endpoint {

    private static final byte[] INVOICES = Bytes.utf8("{\"invoices\":[");
    private static final byte[] TOTAL = Bytes.utf8("],\"total\":");

    private final Pages pages;

    InvoicesEndpoint(Pages pages) {
        this.pages = pages;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        int offset = call.query().number("offset", 0, 0, Integer.MAX_VALUE);
        int limit = call.query().size("limit");
        Filter filter = Filter.NONE.since(call.query().instant("updated_since", Long.MIN_VALUE));
        return pages.answer(call, ModelStream.INVOICES, filter, (found, reader) -> page(offset, limit, found, reader));
    }

    private static Reply page(int offset, int limit, Selection found, RecordReader reader) {
        Bytes out = Pages.room(limit, found).raw(INVOICES);
        Pages.write(found, reader, found.at(offset, reader), limit, out);
        return Reply.ok(out.raw(TOTAL).number(found.total()).ascii('}'));
    }
}
