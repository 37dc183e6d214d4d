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
 * @param identity tells it from others, and begins with its scheme
 * @param secret what is put on requests
 * @param slot where on a request
 * @param form makes the value out of the secret's text
 */
record StaticAuth(String identity, Secret secret, Slot slot, UnaryOperator<String> form) implements Authenticator {

    /** Where on a request a value stands. */
    interface Slot {

        ApiRequest put(ApiRequest request, String value);

        Optional<String> found(ApiRequest request);

        Set<String> queryNames();
    }

    /** A header. */
    record HeaderSlot(String name) implements Slot {
        @Override
        public ApiRequest put(ApiRequest request, String value) {
            return request.header(name, value);
        }

        @Override
        public Optional<String> found(ApiRequest request) {
            return request.headers().first(name);
        }

        @Override
        public Set<String> queryNames() {
            return Set.of();
        }
    }

    /** A query parameter. */
    record QuerySlot(String name) implements Slot {
        @Override
        public ApiRequest put(ApiRequest request, String value) {
            return request.query(name, value);
        }

        @Override
        public Optional<String> found(ApiRequest request) {
            return request.query(name);
        }

        @Override
        public Set<String> queryNames() {
            return Set.of(name);
        }
    }

    @Override
    public Mono<ApiRequest> authorise(ApiRequest request) {
        return Mono.fromSupplier(() -> secret.reveal(text -> slot.put(request, form.apply(text))));
    }

    @Override
    public Mono<Void> ready() {
        return secret.ready();
    }

    @Override
    public Mono<Boolean> refused(ApiRequest used, Head answer) {
        return Mono.defer(() -> {
            String print = secret.fingerprint();
            boolean current = secret.reveal(text -> slot.found(used).equals(Optional.of(form.apply(text))));
            return current ? secret.changedSince(print) : Mono.just(true);
        });
    }

    @Override
    public Set<String> queryNames() {
        return slot.queryNames();
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
