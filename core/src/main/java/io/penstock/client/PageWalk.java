package io.penstock.client;

import io.penstock.client.exchange.Exchange;
import io.penstock.decode.Decoder;
import io.penstock.message.ApiRequest;
import io.penstock.page.LoopGuard;
import io.penstock.page.Paging;
import java.util.Optional;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;

/** Follows pages with {@code expand}, one walk for each subscription. */
final class PageWalk {

    private final Exchange exchange;
    private final ApiRequest configured;
    private final Paging paging;
    private final Supplier<Decoder> decoders;
    private final LoopGuard guard;

    private PageWalk(
            Optional<String> start,
            Exchange exchange,
            ApiRequest configured,
            Paging paging,
            Supplier<Decoder> decoders) {
        this.exchange = exchange;
        this.configured = configured;
        this.paging = paging;
        this.decoders = decoders;
        this.guard = LoopGuard.of(paging, start);
    }

    /**
     * The walk from {@code token} on.
     *
     * <p>Demand: each page stands behind a gate, so {@code expand} subscribes to it early and asks late.
     */
    static Flux<PageBatch> from(
            Optional<String> token,
            Exchange exchange,
            ApiRequest configured,
            Paging paging,
            Supplier<Decoder> decoders) {
        return Flux.defer(() -> {
            PageWalk walk = new PageWalk(token, exchange, configured, paging, decoders);
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
            PageRead page = new PageRead(request, number, token, paging, guard, exchange.answers());
            return exchange.repeated(
                    request,
                    trip -> page.attempt(exchange.once(request, trip), decoders.get(), trip.attempt(), trip.lane()));
        });
    }
}
