package io.penstock.client;

import io.penstock.client.exchange.Exchange;
import io.penstock.decode.format.Format;
import io.penstock.error.PenstockException;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.observe.Lane;
import io.penstock.page.TokenExpiry;
import io.penstock.page.WalkLimits;
import io.penstock.record.Pointer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Flux;

/** A request followed from page to page. */
record ComposedPages(Exchange exchange, ApiRequest request, Walk walk, Format format, boolean errorsRefused)
        implements Pages {

    @Override
    public Pages from(Optional<String> start) {
        return with(walk.from(start));
    }

    @Override
    public Pages within(WalkLimits limits) {
        return with(walk.within(limits));
    }

    @Override
    public Pages expiring(TokenExpiry expiry) {
        return with(walk.expiring(expiry));
    }

    @Override
    public Pages ahead(int pages) {
        return with(walk.ahead(pages));
    }

    @Override
    public Pages aheadAsAllowed() {
        return with(walk.aheadAsAllowed());
    }

    @Override
    public Pages in(Format other) {
        return new ComposedPages(exchange, request, walk, other.orWithin(format), errorsRefused);
    }

    @Override
    public Pages allowPartial() {
        return new ComposedPages(exchange, request, walk, format, false);
    }

    @Override
    public Pages beginningWith(ApiResponse answer) {
        return with(walk.given(answer));
    }

    private Pages with(Walk other) {
        return new ComposedPages(exchange, request, other, format, errorsRefused);
    }

    @Override
    public Flux<PageBatch> batches(String records) {
        Pointer pointer = Pointer.of(records);
        Set<Pointer> captures = new HashSet<>(walk.paging().captures());
        captures.addAll(exchange.answers().bodyValues());
        if (errorsRefused && pointer.depth() > 0 && pointer.segments().get(0).equals("data")) {
            captures.add(PageRead.GRAPHQL_ERRORS);
        }
        PageRead.Reading reading = new PageRead.Reading(format, pointer, captures);
        return Flux.deferContextual(context -> {
            Flux<PageBatch> pages = new PageWalk(exchange, asking(), bounded(), reading).pages();
            Optional<Lane> known = Lane.in(context);
            Lane lane = known.orElseGet(exchange::lane); // one for the whole walk
            Flux<PageBatch> told = pages.doOnError(
                    PenstockException.class,
                    failure -> failure.after(lane.journal().entries()));
            return known.isPresent() ? told : told.contextWrite(lane::into);
        });
    }

    private Walk bounded() {
        return walk.within(walk.limits().and(exchange.terms().walks()));
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
