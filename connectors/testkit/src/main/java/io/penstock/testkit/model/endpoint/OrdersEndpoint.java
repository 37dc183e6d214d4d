package io.penstock.testkit.model.endpoint;

import io.penstock.testkit.model.data.Filter;
import io.penstock.testkit.model.data.RecordReader;
import io.penstock.testkit.model.data.Selection;
import io.penstock.testkit.model.record.Bytes;
import io.penstock.testkit.model.record.ModelStream;
import java.time.DateTimeException;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** {@code GET /v1/orders}: a cursor in the body, to be given back; by month if asked. */
final class OrdersEndpoint implements Endpoint {

    private static final byte[] ITEMS = Bytes.utf8("{\"items\":[");
    private static final byte[] NEXT = Bytes.utf8("],\"next_cursor\":\"");
    private static final byte[] END = Bytes.utf8("\"}");
    private static final byte[] LAST = Bytes.utf8("],\"next_cursor\":null}");
    private static final int NO_SUCH_MONTH = 13;

    private final Pages pages;
    private final Tokens tokens;

    OrdersEndpoint(Pages pages) {
        this.pages = pages;
        this.tokens = new Tokens(pages.data().seed(), "orders");
    }

    @Override
    public Mono<Reply> answer(Call call) {
        Query query = call.query();
        int limit = query.size("limit");
        Filter filter = Filter.NONE
                .since(query.instant("updated_since", Long.MIN_VALUE))
                .facet(month(query.text("month")));
        int start = start(query.text("cursor"), filter);
        return pages.answer(
                call, ModelStream.ORDERS, filter, (found, reader) -> page(filter, start, limit, found, reader));
    }

    private Reply page(Filter filter, int start, int limit, Selection found, RecordReader reader) {
        Bytes out = Pages.room(limit, found).raw(ITEMS);
        int after = Pages.write(found, reader, found.next(start, reader), limit, out);
        return Reply.ok(
                after < 0
                        ? out.raw(LAST)
                        : out.raw(NEXT)
                                .text(tokens.of(after, filter.fingerprint()))
                                .raw(END));
    }

    /** A cursor is good for the filters it was given for: with others it would skip records without a word. */
    private int start(@Nullable String cursor, Filter filter) {
        if (cursor == null) {
            return 0;
        }
        long[] numbers = tokens.read(cursor, 1);
        if (numbers[1] != filter.fingerprint()) {
            throw Tokens.bad(cursor);
        }
        return (int) numbers[0];
    }

    private static int month(@Nullable String month) {
        if (month == null) {
            return 0;
        }
        try {
            YearMonth parsed = YearMonth.parse(month);
            return parsed.getYear() == 2025 ? parsed.getMonthValue() : NO_SUCH_MONTH;
        } catch (DateTimeException broken) {
            throw Problem.badRequest("bad_month", "month must be like 2025-01, but was '" + month + "'");
        }
    }
}
