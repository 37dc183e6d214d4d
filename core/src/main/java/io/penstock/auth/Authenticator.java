package io.penstock.auth;

import io.penstock.message.ApiRequest;
import reactor.core.publisher.Mono;

/** Puts one credential on requests. Safe for concurrent use. */
public interface Authenticator {

    /**
     * Emits {@code request} with the credential on it.
     *
     * <p>Cold; called for each try, when all waiting is over.
     */
    Mono<ApiRequest> authorise(ApiRequest request);

    /**
     * Completes when {@link #authorise} needs no waiting; asked before a permit is waited for, so that nobody waits for a token
     * while holding one. A fixed credential is always ready.
     */
    default Mono<Void> ready() {
        return Mono.empty();
    }

    /** Tells one credential from another; budgets are keyed by it. Not for logs. */
    String identity();
}
