package io.penstock.auth.jwt;

import static io.penstock.auth.jwt.Jws.refused;

import io.penstock.config.Problems;
import io.penstock.error.BadConfig.ConfigError;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Checks tokens that came in (RFC 7519, RFC 8725): form and size, algorithm, key, signature, type, dates, issuer and audience, in
 * that order.
 *
 * <p>The algorithm must be on the list and of the key's kind; the key comes from the configuration or a pinned key set, never from
 * the token. Immutable and safe for concurrent use.
 */
public final class JwtCheck {

    private static final Duration MOST_SKEW = Duration.ofSeconds(60);
    private static final BigDecimal LAST_DATE = new BigDecimal("253402300799");

    private final KeySource keys;
    private final Set<JwtAlgorithm> algorithms;
    private final String issuer;
    private final String audience;
    private final Optional<String> type;
    private final Duration skew;
    private final Clock clock;

    private JwtCheck(Builder from) {
        this.keys = from.keys;
        this.algorithms = Collections.unmodifiableSet(EnumSet.copyOf(from.algorithms));
        this.issuer = from.issuer;
        this.audience = from.audience;
        this.type = from.type.map(JwtCheck::plain);
        this.skew = from.skew;
        this.clock = from.clock;
    }

    /**
     * Begins a check.
     *
     * @param keys who may have signed
     * @param issuer what {@code iss} must be, exactly
     * @param audience what {@code aud} must be, or hold
     */
    public static Builder builder(KeySource keys, String issuer, String audience) {
        return new Builder(keys, issuer, audience);
    }

    /**
     * Emits what {@code token} says, if all of it holds.
     *
     * <p>Cold. May wait for a key set that is fetched.
     *
     * @return errors with {@link io.penstock.error.AccessDenied.AuthError} naming what does not hold, never anything of the token
     */
    public Mono<JwtClaims> check(String token) {
        return Mono.defer(() -> {
            Jws jws = Jws.parse(token);
            if (!algorithms.contains(jws.algorithm())) {
                throw refused("its algorithm " + jws.algorithm() + " is none of " + algorithms);
            }
            requireType(jws);
            return keys.key(jws.algorithm(), jws.keyId())
                    .switchIfEmpty(Mono.error(() -> refused("no key that is trusted has its kid and algorithm")))
                    .map(key -> proven(jws, key));
        });
    }

    private JwtClaims proven(Jws jws, VerificationKey key) {
        if (key.algorithm() != jws.algorithm()
                || !key.verifies(jws.parts().signed(), jws.parts().signature())) {
            throw refused("its signature is not one of the trusted key");
        }
        Map<String, Object> claims = StrictJson.object(jws.parts().payload(), "payload");
        Instant now = clock.instant();
        Instant expires = date(claims, "exp").orElseThrow(() -> refused("it never expires: exp is missing"));
        if (!now.isBefore(expires.plus(skew))) {
            throw refused("it has expired");
        }
        for (String name : List.of("nbf", "iat")) {
            if (date(claims, name).filter(from -> from.isAfter(now.plus(skew))).isPresent()) {
                throw refused("it does not hold yet (" + name + ")");
            }
        }
        if (!issuer.equals(claims.get("iss"))) {
            throw refused("its issuer (iss) is not the one that is trusted");
        }
        Object to = claims.get("aud");
        if (!audience.equals(to) && !(to instanceof List<?> several && several.contains(audience))) {
            throw refused("it is meant for somebody else (aud)");
        }
        return new JwtClaims(issuer, expires, Collections.unmodifiableMap(claims));
    }

    /** A type says what a token is for; one that is for another use is none of ours. */
    private void requireType(Jws jws) {
        Optional<String> said = jws.type().map(JwtCheck::plain);
        boolean fits = type.isPresent()
                ? said.equals(type)
                : said.isEmpty() || said.get().equals("jwt");
        if (!fits) {
            throw refused("it is of another type (typ) than " + type.orElse("JWT"));
        }
    }

    private static String plain(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
    }

    private static Optional<Instant> date(Map<String, Object> claims, String name) {
        if (!claims.containsKey(name)) {
            return Optional.empty();
        }
        if (claims.get(name) instanceof Number number) {
            BigDecimal seconds = new BigDecimal(number.toString());
            if (seconds.signum() >= 0 && seconds.compareTo(LAST_DATE) <= 0) {
                return Optional.of(
                        Instant.ofEpochMilli(seconds.movePointRight(3).longValue()));
            }
        }
        throw refused("its " + name + " is no date in seconds since 1970");
    }

    @Override
    public String toString() {
        return "JWT check for " + audience;
    }

    /** Gathers what must hold; setters only store, {@link #build} judges. For one thread. */
    public static final class Builder {

        private final KeySource keys;
        private final String issuer;
        private final String audience;
        private Set<JwtAlgorithm> algorithms = Set.of();
        private Optional<String> type = Optional.empty();
        private Duration skew = MOST_SKEW;
        private Clock clock = Clock.fixed(Instant.EPOCH, java.time.ZoneOffset.UTC);
        private boolean timed;

        private Builder(KeySource keys, String issuer, String audience) {
            this.keys = keys;
            this.issuer = issuer;
            this.audience = audience;
        }

        /** The algorithms that are taken; at least one must be named. */
        public Builder algorithms(JwtAlgorithm... allowed) {
            algorithms = Set.of(allowed);
            return this;
        }

        /** What {@code typ} must be, such as {@code at+jwt}; default {@code JWT}, which may be left out. */
        public Builder type(String name) {
            type = Optional.of(name);
            return this;
        }

        /** How far clocks may differ; default and most 60 s. */
        public Builder skew(Duration most) {
            skew = most;
            return this;
        }

        /** The wall clock; must be given. */
        public Builder clock(Clock wall) {
            clock = wall;
            timed = true;
            return this;
        }

        /**
         * Judges everything together.
         *
         * @throws ConfigError naming everything that is missing or out of range
         */
        public JwtCheck build() {
            Problems problems = new Problems();
            problems.require(!algorithms.isEmpty(), "algorithms", "is empty: name those that the issuer signs by");
            problems.require(timed, "clock", "is missing: dates cannot be judged without it");
            problems.require(!issuer.isEmpty(), "issuer", "is empty: name who signs, exactly as iss does");
            problems.require(
                    !audience.isEmpty(), "audience", "is empty: name whom tokens are for, exactly as aud does");
            problems.require(
                    !skew.isNegative() && skew.compareTo(MOST_SKEW) <= 0,
                    "skew",
                    "expected 0s to 60s, found " + skew.toSeconds() + "s");
            problems.throwIfAny("the JWT check");
            return new JwtCheck(this);
        }
    }
}
