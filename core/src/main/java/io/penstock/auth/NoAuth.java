package io.penstock.auth;

import io.penstock.message.ApiRequest;
import reactor.core.publisher.Mono;

/** Puts nothing on requests. */
record NoAuth() implements Authenticator {

    @Override
    public Mono<ApiRequest> authorise(ApiRequest request) {
        return Mono.just(request);
    }

    @Override
    public String identity() {
        return "none";
    }

    @Override
    public String scheme() {
        return "none";
    }

    @Override
    public String toString() {
        return "no authentication";
    }
}
