package io.penstock.auth.jwt;

import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Knows who may sign. Safe for concurrent use. */
@FunctionalInterface
public interface KeySource {

    /**
     * The one key that a token must be signed by.
     *
     * @param algorithm as the token says; the key must be of it
     * @param keyId as the token says; only ever compared
     * @return empty if there is none, or if the token leaves open which of several
     */
    Mono<VerificationKey> key(JwtAlgorithm algorithm, Optional<String> keyId);

    /** Keys from the configuration. */
    static KeySource pinned(List<VerificationKey> keys) {
        List<VerificationKey> all = List.copyOf(keys);
        return (algorithm, keyId) -> Mono.justOrEmpty(chosen(all, algorithm, keyId));
    }

    /** The key that fits, if exactly one does; a key without a name fits every name. */
    static Optional<VerificationKey> chosen(
            List<VerificationKey> keys, JwtAlgorithm algorithm, Optional<String> keyId) {
        List<VerificationKey> fit = keys.stream()
                .filter(key -> key.algorithm() == algorithm)
                .filter(key -> keyId.isEmpty() || key.id().isEmpty() || key.id().equals(keyId))
                .toList();
        return fit.size() == 1 ? Optional.of(fit.get(0)) : Optional.empty();
    }
}
