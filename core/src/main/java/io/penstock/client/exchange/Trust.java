package io.penstock.client.exchange;

import io.penstock.auth.Authenticator;
import io.penstock.http.outbound.Destinations;
import io.penstock.http.outbound.Outbound;
import io.penstock.message.ApiRequest;
import io.penstock.message.Origin;
import io.penstock.message.ResponsePart.Head;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Who may be called and who gets the credential.
 *
 * @param home the origin that a person typed; the credential is its alone
 * @param destinations where links and redirects may lead to
 * @param authenticator the credential
 */
public record Trust(Origin home, Destinations destinations, Authenticator authenticator) {

    /** Trust in {@code home}, and in what {@code outbound} allows as far as to go there without the credential. */
    public static Trust of(Origin home, Outbound outbound, Authenticator authenticator) {
        return new Trust(home, Destinations.of(Set.of(home), outbound), authenticator);
    }

    /** What a budget at {@code origin} is kept under: the credential counts only at home. */
    public String key(Origin origin) {
        return origin + " " + (origin.equals(home) ? authenticator.identity() : "none");
    }

    /** Completes when the credential can be put on {@code request} without waiting. */
    Mono<Void> ready(ApiRequest request) {
        return request.origin().equals(home) ? authenticator.ready() : Mono.empty();
    }

    /** Puts the credential on {@code request} if it goes home. */
    Mono<ApiRequest> authorise(ApiRequest request) {
        return request.origin().equals(home) ? authenticator.authorise(request) : Mono.just(bare(request));
    }

    /** Whether the credential on {@code used}, which the server refuses, has been replaced by another. */
    Mono<Boolean> refused(ApiRequest used, Head answer) {
        return used.origin().equals(home) ? authenticator.refused(used, answer) : Mono.just(false);
    }

    /** Tells what is asked with the credential from what is asked without. */
    String credential(ApiRequest request) {
        return request.origin().equals(home) ? authenticator.fingerprint() : "";
    }

    /** Without the credential, even where a server has written it into its own link. */
    ApiRequest bare(ApiRequest request) {
        ApiRequest bare = request;
        for (String name : authenticator.queryNames()) {
            bare = bare.withoutQuery(name);
        }
        return bare;
    }
}
