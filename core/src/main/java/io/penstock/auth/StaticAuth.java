package io.penstock.auth;

import io.penstock.config.Secret;
import io.penstock.message.ApiRequest;
import java.util.Set;
import java.util.function.BiFunction;
import reactor.core.publisher.Mono;

/**
 * One secret, put on every request in the same way. If the secret is one that is read again, it is when it has grown old, and once
 * when a server refuses it.
 *
 * @param identity tells it from others, and begins with its scheme
 * @param secret what is put on requests
 * @param queryNames the query parameters it writes
 * @param put puts the secret's text on a request
 */
record StaticAuth(
        String identity, Secret secret, Set<String> queryNames, BiFunction<ApiRequest, String, ApiRequest> put)
        implements Authenticator {

    @Override
    public Mono<ApiRequest> authorise(ApiRequest request) {
        return Mono.fromSupplier(() -> secret.reveal(text -> put.apply(request, text)));
    }

    @Override
    public Mono<Void> ready() {
        return secret.ready();
    }

    @Override
    public String fingerprint() {
        return identity + " " + secret.fingerprint();
    }

    @Override
    public String toString() {
        return identity.split(" ", 2)[0] + " authentication";
    }
}
