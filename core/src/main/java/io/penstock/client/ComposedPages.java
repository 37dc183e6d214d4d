package io.penstock.client;

import io.penstock.decode.format.Format;
import io.penstock.message.ApiRequest;
import io.penstock.page.Paging;
import io.penstock.record.Pointer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Flux;

/** A request followed by a paging, from a token on. */
record ComposedPages(Exchange exchange, ApiRequest request, Paging paging, Format format, Optional<String> token)
        implements Pages {

    @Override
    public Pages from(Optional<String> start) {
        return new ComposedPages(exchange, request, paging, format, start);
    }

    @Override
    public Pages in(Format other) {
        return new ComposedPages(exchange, request, paging, other, token);
    }

    @Override
    public Flux<PageBatch> batches(String records) {
        Pointer pointer = Pointer.of(records);
        Set<Pointer> captures = new HashSet<>(paging.captures());
        if (pointer.depth() > 0 && pointer.segments().get(0).equals("data")) {
            captures.add(PageRead.GRAPHQL_ERRORS);
        }
        return PageWalk.from(token, exchange, asking(), paging, new PageRead.Reading(format, pointer, captures));
    }

    private ApiRequest asking() {
        ApiRequest asking = format.isGzipped() ? request.packed() : request;
        return asking.headers().first("Accept").isPresent() ? asking : asking.header("Accept", format.mediaTypes());
    }

    @Override
    public <T> Flux<T> records(String records, Class<T> type) {
        return TypedRecords.read(batches(records), type);
    }
}
