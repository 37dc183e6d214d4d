package io.penstock.auth;

import io.penstock.auth.jwt.JwtAssertion;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart.Head;
import java.util.Set;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A token that we sign ourselves, a new one for each request.
 *
 * @param assertion makes them
 * @param keys what it signs with
 * @param place where they stand
 * @param time of the server
 * @param random where their ids come from
 */
record SelfSigned(JwtAssertion assertion, Signing.Keys keys, Placement place, ServerTime time, RandomGenerator random)
        implements Authenticator {

    @Override
    public Mono<Void> ready() {
        return keys.ready();
    }

    /** Signing takes long and may ask the system for randomness, so it is not done on an event loop. */
    @Override
    public Mono<ApiRequest> authorise(ApiRequest request) {
        return Mono.fromCallable(() -> place.put(request, assertion.make(time.now(), random)))
                .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Mono<Boolean> refused(ApiRequest used, Head answer) {
        return Mono.defer(() -> time.corrects(answer.headers()) ? Mono.just(true) : keys.another());
    }

    @Override
    public Set<String> queryNames() {
        return place.queryNames();
    }

    @Override
    public String identity() {
        return "jwt " + assertion.identity();
    }

    @Override
    public String fingerprint() {
        return "jwt " + assertion.fingerprint();
    }

    @Override
    public String scheme() {
        return "self-signed jwt";
    }

    @Override
    public String toString() {
        return scheme();
    }
}
