package io.penstock.auth.broker;

import io.penstock.config.Secret;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Asks for new tokens. Safe for concurrent use; the broker asks one at a time. */
@FunctionalInterface
public interface TokenIssuer {

    /**
     * Asks once, repeats of what may pass by itself included.
     *
     * @param refreshToken what to ask with; empty where the client's own credentials do
     * @param going run before each try goes out
     * @return cold; errors with {@code ReauthorizationRequired} if the grant is dead, with {@code AuthError} if the server refuses
     *     for another reason, and with anything else if it is not known what has become of the request
     */
    Mono<Issued> issue(Optional<Secret> refreshToken, Runnable going);
}
