package io.penstock.client.exchange;

import io.penstock.http.outbound.Redirects;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart.Head;
import java.io.Serial;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** The redirects of one try. Once a hop has changed its origin, the credential stays behind, even if a later one leads home. */
final class Hops {

    private final Trust trust;
    private int count;
    private boolean away;

    Hops(Trust trust) {
        this.trust = trust;
    }

    /** The request that {@code head} sends us on to, if it does. */
    Optional<ApiRequest> next(ApiRequest from, Head head) {
        Optional<ApiRequest> next = Redirects.follow(from, head.status(), head.headers(), count, trust.destinations());
        next.ifPresent(hop -> {
            count++;
            away |= !hop.origin().equals(from.origin());
        });
        return next;
    }

    /** Completes when the credential needs no more waiting. */
    Mono<Void> ready(ApiRequest request) {
        return away ? Mono.empty() : trust.ready(request);
    }

    Mono<ApiRequest> authorise(ApiRequest request) {
        return away ? Mono.just(trust.bare(request)) : trust.authorise(request);
    }

    /** Whose answer it will be. */
    String credential(ApiRequest request) {
        return away ? "" : trust.credential(request);
    }

    /** A signal inside the exchange: the answer sends us on. Never leaves this package. */
    static final class Redirected extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient ApiRequest next;

        Redirected(ApiRequest next) {
            super("redirected", null, false, false);
            this.next = next;
        }

        ApiRequest next() {
            return next;
        }
    }
}
