package io.penstock.auth;

import io.penstock.message.ApiRequest;
import java.util.Set;
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
     * Names of query parameters it writes a secret to: they are taken off every request that goes elsewhere, whoever put them
     * there.
     */
    default Set<String> queryNames() {
        return Set.of();
    }

    /**
     * Completes when {@link #authorise} needs no waiting; asked before a permit is waited for, so that nobody waits for a token
     * while holding one. A fixed credential is always ready.
     */
    default Mono<Void> ready() {
        return Mono.empty();
    }

    /** Tells one credential from another; budgets are keyed by it. Not for logs. */
    String identity();

    /**
     * Tells one credential from another by what it is instead of what it is called, so that nothing is shared between two that
     * happen to have one name. A part of digests, never to be shown or stored as it is.
     */
    default String fingerprint() {
        return identity();
    }
}
