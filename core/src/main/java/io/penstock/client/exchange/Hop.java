package io.penstock.client.exchange;

import io.penstock.cache.ResponseCache;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.observe.WaitReason;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/** One request without its repeats and redirects, as a cache sees it. */
record Hop(ApiRequest request, Trip trip, Hops hops, Exchange exchange) implements ResponseCache.Origin {

    /** This hop at the cache, where somebody else may be asking the same already. */
    Hop waiting() {
        trip.lane().waits().on(WaitReason.SERVER);
        return this;
    }

    @Override
    public Flux<ResponsePart> ask(ApiRequest asked, UnaryOperator<Flux<ResponsePart>> tap) {
        return exchange.ask(asked, trip, hops, tap);
    }

    /** What was kept costs no permit and says nothing of the server as it is now: only its status counts. */
    @Override
    public Flux<ResponsePart> kept(Flux<ResponsePart> parts) {
        return Flux.defer(() -> {
            Head[] seen = new Head[1];
            return parts.<ResponsePart>handle((part, out) -> {
                seen[0] = part instanceof Head head ? head : seen[0];
                if (seen[0].status() < 300) {
                    out.next(part);
                } else if (part instanceof Chunk chunk && chunk.last()) {
                    out.error(exchange.answers().kept(request, seen[0], chunk.bytes(), hops));
                }
            });
        });
    }
}
