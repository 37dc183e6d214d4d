package io.penstock.client;

import io.penstock.client.exchange.Exchange;
import io.penstock.decode.DecodeLimits;
import io.penstock.decode.Decoder;
import io.penstock.decode.Decoders;
import io.penstock.message.ApiRequest;
import io.penstock.page.Paging;
import io.penstock.record.Pointer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;

/** A request followed by a paging, from a token on. */
record ComposedPages(Exchange exchange, ApiRequest request, Paging paging, Optional<String> token) implements Pages {

    @Override
    public Pages from(Optional<String> start) {
        return new ComposedPages(exchange, request, paging, start);
    }

    @Override
    public Flux<PageBatch> batches(String records) {
        Pointer pointer = Pointer.of(records);
        Set<Pointer> captures = new HashSet<>(paging.captures());
        captures.addAll(exchange.answers().bodyValues());
        if (pointer.depth() > 0 && pointer.segments().get(0).equals("data")) {
            captures.add(PageRead.GRAPHQL_ERRORS);
        }
        return walk(() -> Decoders.json(pointer, captures, DecodeLimits.DEFAULT));
    }

    @Override
    public Flux<PageBatch> lines() {
        return walk(() -> Decoders.ndjson(DecodeLimits.DEFAULT));
    }

    private Flux<PageBatch> walk(Supplier<Decoder> decoders) {
        return PageWalk.from(token, exchange, request, paging, decoders);
    }

    @Override
    public <T> Flux<T> records(String records, Class<T> type) {
        return TypedRecords.read(batches(records), type);
    }
}
