package io.penstock.auth.broker;

import io.penstock.config.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A credential as it is kept.
 *
 * @param access the access token, if one was ever got
 * @param refresh what the next one is asked for with, if there is anything
 * @param seed fingerprint of the refresh token that a person gave and that this one comes from, if it was given so
 * @param begun that {@code refresh} was about to be sent and its answer is not kept
 */
record Kept(Optional<Access> access, Optional<Secret> refresh, Optional<String> seed, Optional<Begun> begun) {

    /** Nothing yet. */
    static final Kept NOTHING = new Kept(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * An access token.
     *
     * @param token itself
     * @param sentAt wall-clock time before it was asked for
     * @param lifetime how long it is good from then on, if the server said so
     * @param scopes what it is good for; empty if that is not known
     */
    record Access(Secret token, Instant sentAt, Optional<Duration> lifetime, List<String> scopes) {}

    /**
     * A note made before a refresh token is sent.
     *
     * @param hash fingerprint of the token
     * @param at wall-clock time
     */
    record Begun(String hash, Instant at) {}

    /** What a person gave, never used yet. */
    static Kept seeded(Secret seed) {
        return new Kept(Optional.empty(), Optional.of(seed), Optional.of(seed.fingerprint()), Optional.empty());
    }

    /** After an answer; what it does not name stays: the refresh token, and the scopes (RFC 6749, sections 5.1 and 6). */
    Kept after(Issued issued, Instant sentAt) {
        List<String> before = access.map(Access::scopes).orElse(List.of());
        List<String> scopes = issued.scopes().isEmpty() ? before : issued.scopes();
        return new Kept(
                Optional.of(new Access(issued.accessToken(), sentAt, issued.lifetime(), scopes)),
                issued.refreshToken().or(() -> refresh),
                seed,
                Optional.empty());
    }

    Kept beginning(Instant now) {
        return new Kept(access, refresh, seed, refresh.map(token -> new Begun(token.fingerprint(), now)));
    }

    Kept settled() {
        return new Kept(access, refresh, seed, Optional.empty());
    }

    /** Whether the refresh token was about to be sent and what came of it is not known. */
    boolean interrupted() {
        return begun.isPresent() && begun.get().hash().equals(hash());
    }

    /** Tells one refresh token from another. */
    String hash() {
        return refresh.map(Secret::fingerprint).orElse("");
    }

    @Override
    public String toString() {
        return "a kept credential";
    }
}
