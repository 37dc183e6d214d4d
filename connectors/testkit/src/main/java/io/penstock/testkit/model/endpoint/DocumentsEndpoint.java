package io.penstock.testkit.model.endpoint;

import io.penstock.testkit.model.data.Filter;
import io.penstock.testkit.model.data.RecordReader;
import io.penstock.testkit.model.data.Selection;
import io.penstock.testkit.model.record.Bytes;
import io.penstock.testkit.model.record.ModelStream;
import reactor.core.publisher.Mono;

/** {@code GET /v1/documents}: the address of the next page in the body; it holds all there is to know. */
final class DocumentsEndpoint implements Endpoint {

    private static final byte[] RESULTS = Bytes.utf8("{\"results\":[");
    private static final byte[] NEXT = Bytes.utf8("],\"next\":\"");
    private static final byte[] END = Bytes.utf8("\"}");
    private static final byte[] LAST = Bytes.utf8("],\"next\":null}");

    private final Pages pages;
    private final Tokens tokens;

    private record Position(int index, int limit, long since) {}

    DocumentsEndpoint(Pages pages) {
        this.pages = pages;
        this.tokens = new Tokens(pages.data().seed(), "documents");
    }

    @Override
    public Mono<Reply> answer(Call call) {
        Position position = position(call.query());
        Filter filter = Filter.NONE.since(position.since());
        return pages.answer(
                call, ModelStream.DOCUMENTS, filter, (found, reader) -> page(call, position, found, reader));
    }

    private Position position(Query query) {
        String token = query.text("token");
        if (token == null) {
            return new Position(0, query.size("limit"), query.instant("updated_since", Long.MIN_VALUE));
        }
        long[] numbers = tokens.read(token, 2);
        return new Position((int) numbers[0], (int) numbers[1], numbers[2]);
    }

    private Reply page(Call call, Position at, Selection found, RecordReader reader) {
        Bytes out = Pages.room(at.limit(), found).raw(RESULTS);
        int after = Pages.write(found, reader, found.next(at.index(), reader), at.limit(), out);
        if (after < 0) {
            return Reply.ok(out.raw(LAST));
        }
        String next = call.origin() + "/v1/documents?token=" + tokens.of(after, at.limit(), at.since());
        return Reply.ok(out.raw(NEXT).text(next).raw(END));
    }
}
