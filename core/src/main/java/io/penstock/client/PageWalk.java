package io.penstock.client;

import io.penstock.client.demand.OnDemand;
import io.penstock.client.exchange.Exchange;
import io.penstock.error.BadAnswer.RequestRejected;
import io.penstock.error.PenstockException;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.observe.Lane;
import java.util.Optional;
import reactor.core.publisher.Flux;

/**
 * Follows pages with {@code expand}, one walk for each subscription.
 *
 * <p>Demand: each page stands behind a gate, so {@code expand} subscribes to it early and asks late.
 *
 * @param exchange through which every page is asked for
 * @param configured the request that the paging changes
 * @param walk how pages are followed
 * @param reading what is made of each page
 */
record PageWalk(Exchange exchange, ApiRequest configured, Walk walk, PageRead.Reading reading) {

    /** All pages from {@link Walk#start} on, one after the other or side by side. */
    Flux<PageBatch> pages() {
        if (walk.ahead() == 1) {
            return Flux.defer(() -> following(this::page));
        }
        return walk.paging().numbered()
                ? Flux.defer(() -> new ReadAhead(this).pages())
                : Flux.deferContextual(context -> {
                    Peeks peeks = new Peeks(this, context);
                    return following(peeks::page).doFinally(end -> peeks.close());
                });
    }

    /** The page of a number and a token. */
    private interface Turn {
        Flux<PageBatch> page(long number, Optional<String> token);
    }

    /** What is done to the parts of a page before they are read. */
    interface Tap {
        Flux<ResponsePart> over(PageRead page, Flux<ResponsePart> parts);
    }

    /** How many requests of this walk may be under way now. */
    int slots() {
        return exchange.terms().quotas().of(configured).state().slots();
    }

    private Flux<PageBatch> following(Turn turn) {
        Walk.Guard guard = new Walk.Guard(walk);
        return turn.page(0, walk.start())
                .map(guard::pass)
                .expand(batch -> batch.last() || !batch.end()
                        ? Flux.empty()
                        : turn.page(batch.page() + 1, batch.next()).map(guard::pass));
    }

    /** One page, tried until it is whole; nothing is sent before it is asked for. */
    Flux<PageBatch> page(long number, Optional<String> token) {
        return new OnDemand<>(() -> asked(number, token, (page, parts) -> parts));
    }

    /** As {@link #page}, sent when subscribed to. */
    Flux<PageBatch> asked(long number, Optional<String> token, Tap tap) {
        ApiRequest request = token.map(named -> walk.paging().at(configured, named))
                .orElseGet(() -> walk.paging().first(configured));
        PageRead page = new PageRead(request, number, token, walk.paging(), exchange.answers());
        Flux<PageBatch> tries = exchange.repeated(request, trip -> {
            Flux<ResponsePart> parts = tap.over(page, exchange.once(request, trip));
            return page.attempt(parts, reading, trip.attempt(), trip.lane());
        });
        boolean mayExpire = token.isPresent() && !walk.paging().numbered();
        Flux<PageBatch> asked = mayExpire ? tries.onErrorMap(RequestRejected.class, walk.expiry()::judge) : tries;
        return number == 0 && token.isEmpty()
                ? walk.given().map(answer -> given(page, answer, asked)).orElse(asked)
                : asked;
    }

    /** An answer of one chunk is one batch: nothing has been seen of it when it cannot be read. */
    private Flux<PageBatch> given(PageRead page, ApiResponse answer, Flux<PageBatch> asked) {
        return Flux.deferContextual(context -> {
                    Lane lane = Lane.in(context).orElseGet(exchange::lane);
                    Head head = new Head(answer.status(), answer.headers(), answer.requestId());
                    return page.attempt(Flux.just(head, new Chunk(answer.body(), true)), reading, 1, lane);
                })
                .onErrorResume(PenstockException.class, unreadable -> asked);
    }
}
