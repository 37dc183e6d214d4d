package io.penstock.auth;

import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart.Head;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /**
     * Whether a refusal of {@code status} may be the credential's fault, so that {@link #refused} is worth asking; by default 401
     * alone.
     */
    default boolean answers(int status) {
        return status == 401;
    }

    /**
     * Says whether another credential is there than the one the server has just refused, so that the request is worth
     * sending once more; asked at most once for each try, before anything is made of the failure.
     *
     * <p>Cold; nothing is held while it waits. Errors if there will be no other: the request fails with that error.
     *
     * @param used the request as it was sent, with the credential on it
     * @param answer the header section of the refusal, such as its {@code WWW-Authenticate}
     * @return true to send once more, through {@link #authorise} again; by default false
     */
    default Mono<Boolean> refused(ApiRequest used, Head answer) {
        return Mono.just(false);
    }

    /** In a word or two how it proves who asks, such as {@code bearer}; for people and programs, never a secret. */
    default String scheme() {
        return "custom";
    }

    /** The scopes it was granted, as far as that is known now; none if not. */
    default List<String> scopes() {
        return List.of();
    }

    /** The scopes it was to be granted, whatever became of that; none if it does not ask for any. */
    default List<String> scopesAsked() {
        return List.of();
    }

    /** When what is used now ends to hold, by the server's clock; empty if that is not known, or never. */
    default Optional<Instant> expires() {
        return Optional.empty();
    }

    /** How a person grants access, where one must; by default there is no such way. */
    default Optional<Login> login() {
        return Optional.empty();
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
