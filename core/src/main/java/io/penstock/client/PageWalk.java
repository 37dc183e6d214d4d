package io.penstock.client;

import io.penstock.message.ApiRequest;
import io.penstock.page.LoopGuard;
import io.penstock.page.Paging;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** Follows pages with {@code expand}, one walk for each subscription. */
final class PageWalk {

    private final Exchange exchange;
    private final ApiRequest configured;
    private final Paging paging;
    private final PageRead.Reading reading;
    private final LoopGuard guard;

    private PageWalk(
            Optional<String> start, Exchange exchange, ApiRequest configured, Paging paging, PageRead.Reading reading) {
        this.exchange = exchange;
        this.configured = configured;
        this.paging = paging;
        this.reading = reading;
        this.guard = LoopGuard.of(paging, start);
    }

    /**
     * The walk from {@code token} on.
     *
     * <p>Demand: each page stands behind a gate, so {@code expand} subscribes to it early and asks late.
     */
    static Flux<PageBatch> from(
            Optional<String> token, Exchange exchange, ApiRequest configured, Paging paging, PageRead.Reading reading) {
        return Flux.defer(() -> {
            PageWalk walk = new PageWalk(token, exchange, configured, paging, reading);
            return walk.page(0, token).expand(walk::following);
        });
    }

    private Flux<PageBatch> following(PageBatch batch) {
        return batch.last() || !batch.end() ? Flux.empty() : page(batch.page() + 1, batch.next());
    }

    private Flux<PageBatch> page(long number, Optional<String> token) {
        return new OnDemand<>(() -> {
            ApiRequest request =
                    token.map(named -> paging.at(configured, named)).orElseGet(() -> paging.first(configured));
            PageRead page = new PageRead(request, number, token, paging, guard);
            return exchange.repeated(
                    request, (lane, attempt) -> page.attempt(exchange.once(request, lane), reading, attempt, lane));
        });
    }
}
