package io.penstock.auth.jwt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.config.Problems;
import io.penstock.config.Secret;
import io.penstock.error.BadConfig.ConfigError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Says who we are by a token we sign ourselves: for service accounts, client assertions (RFC 7523) and APIs that take such a token
 * as it is. Each one made is new: {@code iat} is now, {@code exp} a lifetime later, {@code jti} 128 random bits.
 *
 * <p>Where the key is of a secret that is read again, each is signed with the key that the secret holds at that moment, under the
 * name that belongs to it; the claims stay as they were built. Safe for concurrent use.
 */
public final class JwtAssertion {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Set<String> OURS = Set.of("iss", "sub", "aud", "iat", "exp", "nbf", "jti");

    private final SigningKey key;
    private final Map<String, Object> fixed;
    private final Duration lifetime;
    private final boolean notBefore;
    private final String type;

    private JwtAssertion(Builder from) {
        this.key = from.key;
        this.lifetime = from.lifetime;
        this.notBefore = from.notBefore;
        Map<String, Object> claims = new LinkedHashMap<>();
        from.issuer.ifPresent(text -> claims.put("iss", text));
        from.subject.ifPresent(text -> claims.put("sub", text));
        from.audience.ifPresent(text -> claims.put("aud", text));
        claims.putAll(from.claims);
        this.fixed = claims;
        this.type = from.type;
    }

    private JwtAssertion(JwtAssertion like, String audience) {
        this.key = like.key;
        this.lifetime = like.lifetime;
        this.notBefore = like.notBefore;
        this.type = like.type;
        Map<String, Object> claims = new LinkedHashMap<>(like.fixed);
        claims.put("aud", audience);
        this.fixed = claims;
    }

    /** Begins an assertion that {@code key} signs. */
    public static Builder builder(SigningKey key) {
        return new Builder(key);
    }

    /** What may be shown to tell it from another. */
    public String identity() {
        return fixed.getOrDefault("iss", "") + " " + fixed.getOrDefault("sub", "") + " "
                + key.id().orElse("");
    }

    /** Another text for another key; as {@link io.penstock.config.Secret#fingerprint()}. */
    public String fingerprint() {
        return key.fingerprint() + " " + fixed;
    }

    /** What it is signed with. */
    public List<Secret> keys() {
        return List.of(key.secret());
    }

    /** To whom it is addressed, as text; empty if to nobody yet. */
    public Optional<String> audience() {
        return Optional.ofNullable(fixed.get("aud")).map(String::valueOf);
    }

    /** The same, addressed to {@code audience} alone. */
    public JwtAssertion to(String audience) {
        return new JwtAssertion(this, audience);
    }

    /** How long one holds. */
    public Duration lifetime() {
        return lifetime;
    }

    /**
     * A new one, with the key as it is now. Takes about a millisecond of computing with RSA and may ask the system for randomness: not for event loops.
     *
     * @param now what time it is at the server
     * @param random where {@code jti} comes from
     * @throws ConfigError if the key's secret was read again and holds no fit key any more
     */
    public String make(Instant now, RandomGenerator random) {
        Map<String, Object> claims = new LinkedHashMap<>(fixed);
        long seconds = now.getEpochSecond();
        claims.put("iat", seconds);
        claims.put("exp", seconds + lifetime.toSeconds());
        if (notBefore) {
            claims.put("nbf", seconds);
        }
        claims.put("jti", id(random));
        SigningKey current = key.current();
        String signed = header(current) + "." + part(claims);
        return signed + "." + base64(current.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private String header(SigningKey by) {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("alg", by.algorithm().toString());
        head.put("typ", type);
        by.id().ifPresent(kid -> head.put("kid", kid));
        return part(head);
    }

    private static String id(RandomGenerator random) {
        HexFormat hex = HexFormat.of();
        synchronized (random) { // not every generator may be used by two at once
            return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
        }
    }

    private static String part(Map<String, Object> values) {
        try {
            return base64(JSON.writeValueAsBytes(values));
        } catch (JsonProcessingException unwritable) {
            throw new IllegalArgumentException(
                    "the claims cannot be written as JSON: use text, numbers, lists and mappings");
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "JWT assertion by " + key;
    }

    /** Gathers claims; setters only store, {@link #build} judges. For one thread. */
    public static final class Builder {

        private final SigningKey key;
        private Optional<String> issuer = Optional.empty();
        private Optional<String> subject = Optional.empty();
        private Optional<Object> audience = Optional.empty();
        private Map<String, Object> claims = Map.of();
        private Duration lifetime = Duration.ofMinutes(5);
        private boolean notBefore;
        private String type = "JWT";

        private Builder(SigningKey key) {
            this.key = key;
        }

        /** Who says so: {@code iss}; default left out. */
        public Builder issuer(String name) {
            issuer = Optional.of(name);
            return this;
        }

        /** Of whom: {@code sub}; default left out. */
        public Builder subject(String name) {
            subject = Optional.of(name);
            return this;
        }

        /** To whom: {@code aud}, exactly as given; default left out. Several are written as a list. */
        public Builder audience(String... names) {
            audience = Optional.of(names.length == 1 ? names[0] : List.of(names));
            return this;
        }

        /** More claims, such as {@code scope}: text, numbers, booleans, lists and mappings. Default none. */
        public Builder claims(Map<String, ?> more) {
            claims = Map.copyOf(more);
            return this;
        }

        /** How long one holds; default 5 minutes, at most an hour. */
        public Builder lifetime(Duration length) {
            lifetime = length;
            return this;
        }

        /** With {@code nbf}, for servers that want it; default without. */
        public Builder notBefore() {
            notBefore = true;
            return this;
        }

        /** What {@code typ} says; default {@code JWT}. */
        public Builder type(String name) {
            type = name;
            return this;
        }

        /**
         * Judges everything together.
         *
         * @throws ConfigError naming everything that is out of range
         */
        public JwtAssertion build() {
            Problems problems = new Problems();
            problems.require(
                    lifetime.compareTo(Duration.ofSeconds(1)) >= 0 && lifetime.compareTo(LONGEST) <= 0,
                    "lifetime",
                    "expected 1s to 1h, found " + lifetime.toSeconds() + "s");
            claims.keySet().stream()
                    .filter(OURS::contains)
                    .forEach(
                            name -> problems.add("claims." + name, "has a setting of its own: leave it out of claims"));
            problems.throwIfAny("the JWT assertion");
            return new JwtAssertion(this);
        }
    }
}
