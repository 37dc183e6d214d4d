package io.penstock.auth;

import io.penstock.config.Secret;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The secrets that one request proves itself by, such as those of a login. Some of them may be ones that are read again: when they
 * have grown old, and when a server refuses them. Immutable and safe for concurrent use; shows no secret.
 *
 * @param secrets in no particular order; none for what proves nothing
 */
public record Proofs(List<Secret> secrets) {

    /** Copies the secrets. */
    public Proofs {
        secrets = List.copyOf(secrets);
    }

    /** No secret at all, which never changes. */
    public static Proofs none() {
        return new Proofs(List.of());
    }

    /** These and {@code more}. */
    public Proofs and(Proofs more) {
        return new Proofs(Stream.concat(secrets.stream(), more.secrets.stream()).toList());
    }

    /** Completes when all may be used; cold, errors as {@link Secret#ready}. */
    public Mono<Void> ready() {
        return Flux.fromIterable(secrets).concatMap(Secret::ready, 1).then();
    }

    /** What tells the texts that are used now from others; take it before they are used. Never to be shown. */
    public List<String> fingerprints() {
        return secrets.stream().map(Secret::fingerprint).toList();
    }

    /**
     * Says whether any is another than the one that was refused; cold, reads as {@link Secret#changedSince} does and errors as it
     * does.
     *
     * @param refused the {@link #fingerprints} of what was refused
     */
    public Mono<Boolean> changedSince(List<String> refused) {
        return Flux.fromStream(() -> IntStream.range(0, secrets.size()).boxed())
                .concatMap(i -> secrets.get(i).changedSince(refused.get(i)), 1)
                .reduce(false, Boolean::logicalOr);
    }
}
