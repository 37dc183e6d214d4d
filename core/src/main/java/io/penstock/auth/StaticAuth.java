package io.penstock.auth;

import io.penstock.config.Secret;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart.Head;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/**
 * One secret, put on every request in the same way. If the secret is one that is read again, it is when it has grown old, and once
 * when a server refuses it.
 *
 * @param scheme in a word or two, for people
 * @param identity tells it from others
 * @param secret what is put on requests
 * @param place where on a request
 * @param form makes the value out of the secret's text
 */
record StaticAuth(String scheme, String identity, Secret secret, Placement place, UnaryOperator<String> form)
        implements Authenticator {

    @Override
    public Mono<ApiRequest> authorise(ApiRequest request) {
        return Mono.fromSupplier(() -> secret.reveal(text -> place.put(request, form.apply(text))));
    }

    @Override
    public Mono<Void> ready() {
        return secret.ready();
    }

    @Override
    public Mono<Boolean> refused(ApiRequest used, Head answer) {
        return Mono.defer(() -> {
            String print = secret.fingerprint();
            boolean current = secret.reveal(text -> place.on(used).equals(Optional.of(form.apply(text))));
            return current ? secret.changedSince(print) : Mono.just(true);
        });
    }

    @Override
    public Set<String> queryNames() {
        return place.queryNames();
    }

    @Override
    public String fingerprint() {
        return identity + " " + secret.fingerprint();
    }

    @Override
    public String toString() {
        return scheme + " authentication";
    }
}
