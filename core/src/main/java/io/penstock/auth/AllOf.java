package io.penstock.auth;

import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart.Head;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Several credentials on each request; what signs comes last, so that it covers the others.
 *
 * @param parts in the order in which they are put on
 */
record AllOf(List<Authenticator> parts) implements Authenticator {

    AllOf {
        parts = parts.stream()
                .flatMap(one -> one instanceof AllOf several ? several.parts().stream() : Stream.of(one))
                .sorted(Comparator.comparing(one -> one instanceof Signing))
                .toList();
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("name at least one credential");
        }
        if (parts.stream().anyMatch(CredentialPool.class::isInstance)) {
            throw new IllegalArgumentException(
                    "a pool cannot be a part of several credentials: make a pool of several instead");
        }
    }

    @Override
    public Mono<ApiRequest> authorise(ApiRequest request) {
        Mono<ApiRequest> dressed = Mono.just(request);
        for (Authenticator part : parts) {
            dressed = dressed.flatMap(part::authorise);
        }
        return dressed;
    }

    @Override
    public Mono<Void> ready() {
        return Flux.fromIterable(parts).concatMap(Authenticator::ready, 1).then();
    }

    @Override
    public boolean answers(int status) {
        return parts.stream().anyMatch(part -> part.answers(status));
    }

    /** All are asked: more than one may have to change. */
    @Override
    public Mono<Boolean> refused(ApiRequest used, Head answer) {
        return Flux.fromIterable(parts)
                .filter(part -> part.answers(answer.status()))
                .concatMap(part -> part.refused(used, answer), 1)
                .reduce(false, Boolean::logicalOr);
    }

    @Override
    public Set<String> queryNames() {
        return parts.stream().flatMap(part -> part.queryNames().stream()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String identity() {
        return parts.stream().map(Authenticator::identity).collect(Collectors.joining(" + "));
    }

    @Override
    public String fingerprint() {
        return parts.stream().map(Authenticator::fingerprint).collect(Collectors.joining(" + "));
    }

    /** That of the first that needs one. */
    @Override
    public Optional<Login> login() {
        return parts.stream().flatMap(one -> one.login().stream()).findFirst();
    }

    @Override
    public String scheme() {
        return parts.stream().map(Authenticator::scheme).collect(Collectors.joining(" + "));
    }

    @Override
    public List<String> scopes() {
        return parts.stream().flatMap(part -> part.scopes().stream()).distinct().toList();
    }

    @Override
    public List<String> scopesAsked() {
        return parts.stream()
                .flatMap(part -> part.scopesAsked().stream())
                .distinct()
                .toList();
    }

    /** The first to end. */
    @Override
    public Optional<Instant> expires() {
        return parts.stream().flatMap(part -> part.expires().stream()).min(Comparator.naturalOrder());
    }

    @Override
    public String toString() {
        return scheme();
    }
}
