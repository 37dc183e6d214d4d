package io.penstock.client.exchange;

import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.PenstockException;
import io.penstock.error.TryLater.Throttled;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/**
 * Sends each try by the credential that has most left. One that is throttled passes the request on to another at once; one that is
 * refused leaves the pool. Safe for concurrent use.
 */
final class Pool {

    private static final Logger LOG = LoggerFactory.getLogger(Pool.class);
    private static final int UNAUTHORISED = 401;

    private final List<PoolMember> members;

    Pool(List<Exchange> exchanges) {
        members = IntStream.range(0, exchanges.size())
                .mapToObj(i -> new PoolMember(exchanges.get(i), i + 1))
                .toList();
    }

    Flux<ResponsePart> once(ApiRequest request, Trip trip) {
        return Flux.defer(() -> next(request, List.of())
                .map(best -> by(best, request, trip, List.of()))
                .orElseGet(() -> Flux.error(new AuthError(
                        request + " was not sent: every credential of the pool was refused before: renew them",
                        UNAUTHORISED))));
    }

    private Flux<ResponsePart> by(PoolMember member, ApiRequest request, Trip trip, List<PoolMember> before) {
        List<PoolMember> tried = new ArrayList<>(before);
        tried.add(member);
        return member.exchange()
                .once(request, trip)
                .doOnNext(part -> {
                    if (part instanceof Head head) {
                        member.heard(head.headers());
                    }
                })
                .onErrorResume(
                        PenstockException.class,
                        failure -> instead(member, request, failure, tried)
                                .map(other -> by(other, request, trip, tried))
                                .orElseGet(() -> Flux.error(failure)));
    }

    /** Who takes the request over, if anybody can and it is the credential's failure. */
    private Optional<PoolMember> instead(
            PoolMember member, ApiRequest request, PenstockException failure, List<PoolMember> tried) {
        if (failure instanceof Throttled throttled) {
            member.throttled(throttled.retryAfter());
            return next(request, tried).filter(other -> other.rank(request).sooner(member.rank(request)));
        }
        if (failure instanceof AuthError refused && refused.status() == UNAUTHORISED) {
            if (member.leave()) {
                LOG.warn(
                        "credential {} of {} ({}) is refused with 401 by {} and leaves the pool: renew it",
                        member.number(),
                        members.size(),
                        member.scheme(),
                        request.origin());
            }
            return next(request, tried);
        }
        return Optional.empty();
    }

    private Optional<PoolMember> next(ApiRequest request, List<PoolMember> tried) {
        PoolMember best = null;
        PoolMember.Rank first = null;
        for (PoolMember member : members) {
            if (member.alive() && !tried.contains(member)) {
                PoolMember.Rank rank = member.rank(request);
                if (first == null || rank.compareTo(first) < 0) {
                    best = member;
                    first = rank;
                }
            }
        }
        return Optional.ofNullable(best);
    }
}
