package io.penstock.auth.jwt;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a token says, after its signature, dates, issuer and audience have been proven.
 *
 * @param issuer who said it
 * @param expires when it ends to hold
 * @param all every claim: text, numbers, booleans, lists and mappings
 */
public record JwtClaims(String issuer, Instant expires, Map<String, Object> all) {

    /** Of whom it speaks. */
    public Optional<String> subject() {
        return text("sub");
    }

    /** A claim that is text. */
    public Optional<String> text(String name) {
        return all.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** Shows names only: claims may be personal. */
    @Override
    public String toString() {
        return "JwtClaims" + all.keySet();
    }
}
