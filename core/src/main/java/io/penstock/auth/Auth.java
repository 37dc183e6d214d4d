package io.penstock.auth;

import io.penstock.auth.jwt.JwtAssertion;
import io.penstock.auth.sign.AwsSignature;
import io.penstock.auth.sign.HmacSigning;
import io.penstock.config.Secret;
import io.penstock.message.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import reactor.core.publisher.Mono;

/** The ways of authentication there are. */
public final class Auth {

    private Auth() {}

    /** No credential. */
    public static Authenticator none() {
        return new NoAuth();
    }

    /** {@code Authorization: Bearer} with a fixed token (RFC 6750). */
    public static Authenticator bearer(Secret token) {
        return new StaticAuth("bearer", "bearer " + token.identity(), token, Placement.bearer(), text -> text);
    }

    /** {@code Authorization: Basic} (RFC 7617), in UTF-8. */
    public static Authenticator basic(String user, Secret password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the user name of basic authentication must not hold a colon");
        }
        return new StaticAuth(
                "basic",
                "basic " + user + " " + password.identity(),
                password,
                Placement.header("Authorization", "Basic "),
                text -> pair(user, text));
    }

    private static String pair(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** A header that is the key, after {@code prefix}. */
    public static Authenticator header(String name, String prefix, Secret key) {
        return Placement.header(name, prefix).of(key);
    }

    /** A query parameter that is the key. */
    public static Authenticator query(String name, Secret key) {
        return Placement.query(name).of(key);
    }

    /** A cookie that is the key (RFC 6265), beside those the request has. */
    public static Authenticator cookie(String name, Secret key) {
        return Placement.cookie(name).of(key);
    }

    /**
     * User name and password by challenge and digest (RFC 7616): SHA-256, SHA-512/256 or MD5, {@code qop=auth}. Each new nonce of
     * the server costs one refused request.
     *
     * @param random where the client's nonces come from
     */
    public static Authenticator digest(String user, Secret password, RandomGenerator random) {
        return new DigestAuth(user, password, nonces(random));
    }

    /**
     * A keyed hash over each request, by a template.
     *
     * <p>If a refusal shows that the server's clock is more than a minute off, the request is signed once more with its time.
     *
     * @param clock tells the moment of signing
     * @param random where nonces come from
     */
    public static Authenticator signed(HmacSigning signing, Clock clock, RandomGenerator random) {
        Signing.Name name =
                new Signing.Name("hmac signature", signing.identity(), signing::fingerprint, signing.queryNames());
        Signing.Keys keys = new Signing.Keys(new Proofs(signing.keys()), clock);
        return new Signing(name, keys, signing::sign, new ServerTime(clock), nonces(random));
    }

    /** AWS Signature Version 4; a clock that is off is seen to as with {@link #signed}. */
    public static Authenticator aws(AwsSignature signature, Clock clock) {
        Signing.Name name = new Signing.Name("aws sigv4", signature.identity(), signature::fingerprint, Set.of());
        return new Signing(
                name,
                new Signing.Keys(new Proofs(signature.keys()), clock),
                (request, now, nonce) -> signature.sign(request, now),
                new ServerTime(clock),
                () -> "");
    }

    /**
     * A token that we sign ourselves, a new one for each request, as {@code Authorization: Bearer}. A key that is read again is read
     * once more when the server refuses it with 401.
     *
     * @param clock tells when each was made; one that is off is seen to as with {@link #signed}
     * @param random where their ids come from
     */
    public static Authenticator jwt(JwtAssertion assertion, Clock clock, RandomGenerator random) {
        return jwt(assertion, Placement.bearer(), clock, random);
    }

    /** As {@link #jwt(JwtAssertion, Clock, RandomGenerator)}, in another place. */
    public static Authenticator jwt(JwtAssertion assertion, Placement place, Clock clock, RandomGenerator random) {
        Signing.Keys keys = new Signing.Keys(new Proofs(assertion.keys()), clock);
        return new SelfSigned(assertion, keys, place, new ServerTime(clock), random);
    }

    /** Several on each request, such as an API key and a bearer token; what signs is put on last. */
    public static Authenticator all(Authenticator... parts) {
        return new AllOf(List.of(parts));
    }

    /**
     * One of several on each request, each with a quota of its own: the one that has most left. A 429 on one moves the request to
     * another, and one that is refused for good leaves the pool with a warning.
     */
    public static Authenticator pool(Authenticator... members) {
        return new CredentialPool(List.of(members));
    }

    /** Puts nothing on requests. */
    private record NoAuth() implements Authenticator {

        @Override
        public Mono<ApiRequest> authorise(ApiRequest request) {
            return Mono.just(request);
        }

        @Override
        public String identity() {
            return "none";
        }

        @Override
        public String scheme() {
            return "none";
        }

        @Override
        public String toString() {
            return "no authentication";
        }
    }

    /** 128 random bits in hexadecimal; safe for concurrent use, whatever the generator. */
    private static Supplier<String> nonces(RandomGenerator random) {
        HexFormat hex = HexFormat.of();
        return () -> {
            synchronized (random) {
                return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
            }
        };
    }
}
