package io.penstock.auth.oauth;

import io.penstock.auth.Authenticator;
import io.penstock.auth.Login;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart.Head;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * A token in use, with what was asked for it.
 *
 * @param tokens keeps it fresh
 * @param scopesAsked the rights asked for
 * @param login how a person grants another, where a person does
 */
record GrantedAccess(Authenticator tokens, List<String> scopesAsked, Optional<Login> login) implements Authenticator {

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
    public String scheme() {
        return tokens.scheme();
    }

    @Override
    public List<String> scopes() {
        return tokens.scopes();
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
