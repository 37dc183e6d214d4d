package io.penstock.testkit.model.endpoint;

import io.penstock.testkit.model.data.Filter;
import io.penstock.testkit.model.data.RecordReader;
import io.penstock.testkit.model.data.Selection;
import io.penstock.testkit.model.record.Bytes;
import io.penstock.testkit.model.record.ModelStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import reactor.core.publisher.Mono;

/** {@code GET /v1/events}: an array at the root, and the way on in the Link header (RFC 8288). */
final class EventsEndpoint implements Endpoint {

    private final Pages pages;

    EventsEndpoint(Pages pages) {
        this.pages = pages;
    }

    @Override
    public Mono<Reply> answer(Call call) {
        int page = call.query().number("page", 1, 1, Integer.MAX_VALUE);
        int size = call.query().size("per_page");
        Filter filter = Filter.NONE.since(call.query().instant("updated_since", Long.MIN_VALUE));
        return pages.answer(call, ModelStream.EVENTS, filter, (found, reader) -> page(call, page, size, found, reader));
    }

    private static Reply page(Call call, int page, int size, Selection found, RecordReader reader) {
        Bytes out = Pages.room(size, found).ascii('[');
        int after = Pages.write(found, reader, found.at((page - 1L) * size, reader), size, out);
        String first = link(call, 1, size, "first");
        String links = after < 0 ? first : link(call, page + 1, size, "next") + ", " + first;
        return Reply.ok(out.ascii(']')).with("Link", links);
    }

    /** Never repeats the caller's api_key: links end up in logs. */
    private static String link(Call call, int page, int size, String relation) {
        String since = call.query().text("updated_since");
        String filter = since == null ? "" : "&updated_since=" + URLEncoder.encode(since, StandardCharsets.UTF_8);
        return "<" + call.origin() + "/v1/events?page=" + page + "&per_page=" + size + filter + ">; rel=\"" + relation
                + "\"";
    }
}
