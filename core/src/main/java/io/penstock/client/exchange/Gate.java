package io.penstock.client.exchange;

import io.penstock.breaker.Pass;
import io.penstock.error.TryLater.UpstreamUnavailable;
import io.penstock.message.ApiRequest;
import io.penstock.observe.WaitReason;
import io.penstock.rate.Asker;
import io.penstock.rate.Permits;
import io.penstock.rate.Permits.Permit;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** What a request waits for before it is sent: circuit, credential, permit, in this order. Safe for concurrent use. */
final class Gate {

    private final Terms terms;

    Gate(Terms terms) {
        this.terms = terms;
    }

    /**
     * Takes what {@code request} needs, if all of it is there now: then nothing has to be put together to wait for it. What was
     * taken stays held if something else is missing.
     */
    boolean passes(ApiRequest request, Way way, ContextView context) {
        Optional<Pass> pass = way.breaker().enterNow();
        if (pass.isEmpty()) {
            return false;
        }
        way.hold().take(pass.get());
        if (way.hops().ready(request) != Mono.<Void>empty()) {
            return false;
        }
        Optional<Permit> permit = permits(request).acquireNow(cost(request), Asker.in(context));
        permit.ifPresent(way.hold()::take);
        return permit.isPresent();
    }

    private Permits permits(ApiRequest request) {
        return terms.quotas().of(request);
    }

    private static int cost(ApiRequest request) {
        return request.sending().cost();
    }

    /** Completes when the request may go. */
    Mono<Void> admitted(ApiRequest request, Trip trip, Way way) {
        return entered(request, trip, way)
                .then(Mono.defer(() -> {
                    trip.lane().waits().on(WaitReason.AUTH);
                    return way.hops()
                            .ready(request); // before the permit: nobody waits for a token while holding a slot
                }))
                .then(Mono.defer(() -> {
                    trip.lane().waits().on(WaitReason.LIMIT);
                    return permits(request).acquire(cost(request)).doOnNext(way.hold()::take);
                }))
                .then(Mono.defer(() -> {
                    if (way.hold().current()) {
                        return Mono.empty();
                    }
                    way.hold().putBack(); // the circuit has opened while the permit was waited for
                    return admitted(request, trip, way);
                }));
    }

    private Mono<Void> entered(ApiRequest request, Trip trip, Way way) {
        if (way.hold().pass() != null) {
            return Mono.empty();
        }
        Optional<Pass> now = way.breaker().enterNow();
        now.ifPresent(way.hold()::take);
        return now.isPresent() ? Mono.empty() : Mono.defer(() -> entering(request, trip, way));
    }

    private Mono<Void> entering(ApiRequest request, Trip trip, Way way) {
        trip.lane().waits().on(WaitReason.BREAKER);
        trip.tries().begin();
        Duration left = trip.tries().left();
        if (way.breaker().view().untilProbe().compareTo(left) > 0) {
            return Mono.error(new UpstreamUnavailable(request + " was not sent: " + request.origin()
                    + " keeps failing and is spared for longer than this request may wait; run again later"));
        }
        return way.breaker()
                .enter()
                .doOnNext(way.hold()::take)
                .timeout(
                        left,
                        Mono.error(() -> trip.tries().outOfTime()),
                        terms.means().timer())
                .then();
    }
}
