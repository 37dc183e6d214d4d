package io.penstock.auth.oauth;

import io.penstock.auth.Authenticator;
import io.penstock.auth.Login;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart.Head;
import java.time.Instant;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** A token that a person has granted, and how they grant another. */
record PersonalAccess(Authenticator tokens, Login personal) implements Authenticator {

    @Override
    public Mono<ApiRequest> authorise(ApiRequest request) {
        return tokens.authorise(request);
    }

    @Override
    public Mono<Void> ready() {
        return tokens.ready();
    }

    @Override
    public Mono<Boolean> refused(ApiRequest used, Head answer) {
        return tokens.refused(used, answer);
    }

    @Override
    public Optional<Login> login() {
        return Optional.of(personal);
    }

    @Override
    public String scheme() {
        return tokens.scheme();
    }

    @Override
    public Optional<Instant> expires() {
        return tokens.expires();
    }

    @Override
    public String identity() {
        return tokens.identity();
    }

    @Override
    public String toString() {
        return tokens.toString();
    }
}
