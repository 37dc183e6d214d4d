package io.penstock.client;

import io.penstock.auth.Authenticator;
import io.penstock.http.Destinations;
import io.penstock.message.ApiRequest;
import io.penstock.message.Origin;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Who may be called and who gets the credential.
 *
 * @param home the origin that a person typed; the credential is its alone
 * @param destinations where links and redirects may lead to
 * @param authenticator the credential
 */
record Trust(Origin home, Destinations destinations, Authenticator authenticator) {

    static Trust of(Origin home, Set<Origin> allowed, Authenticator authenticator) {
        return new Trust(home, Destinations.of(Set.of(home), allowed), authenticator);
    }

    /** Puts the credential on {@code request} if it goes home. */
    Mono<ApiRequest> authorise(ApiRequest request) {
        return request.origin().equals(home) ? authenticator.authorise(request) : Mono.just(request);
    }
}
