package io.penstock.auth;

import io.penstock.message.ApiRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * Credentials of which each request takes one, each with a quota of its own. A client takes the one that has most left; one that is
 * dead leaves the pool. By itself, without a client, it is its first credential.
 *
 * <p>Immutable and safe for concurrent use: what is left of whom, the client knows.
 *
 * @param members the credentials, at least one, each once
 */
public record CredentialPool(List<Authenticator> members) implements Authenticator {

    /** Judges the members. */
    public CredentialPool {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("a pool needs at least one credential");
        }
        if (members.stream().anyMatch(CredentialPool.class::isInstance)) {
            throw new IllegalArgumentException("a pool cannot hold a pool: name its credentials");
        }
        Set<String> known = new HashSet<>();
        if (!members.stream().map(Authenticator::identity).allMatch(known::add)) {
            throw new IllegalArgumentException("a pool holds each credential once: one of them is named twice");
        }
    }

    @Override
    public Mono<ApiRequest> authorise(ApiRequest request) {
        return members.get(0).authorise(request);
    }

    @Override
    public Mono<Void> ready() {
        return members.get(0).ready();
    }

    @Override
    public Set<String> queryNames() {
        return members.stream().flatMap(one -> one.queryNames().stream()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String identity() {
        return "pool of " + members.stream().map(Authenticator::identity).collect(Collectors.joining(", "));
    }

    @Override
    public String fingerprint() {
        return members.stream().map(Authenticator::fingerprint).collect(Collectors.joining(", "));
    }

    /** That of the first that needs one. */
    @Override
    public Optional<Login> login() {
        return members.stream().flatMap(one -> one.login().stream()).findFirst();
    }

    @Override
    public String scheme() {
        return "pool of " + members.size();
    }

    @Override
    public String toString() {
        return scheme();
    }
}
