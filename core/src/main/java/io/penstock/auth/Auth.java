package io.penstock.auth;

import io.penstock.config.Secret;
import io.penstock.message.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** The ways of authentication there are. */
public final class Auth {

    private Auth() {}

    /** No credential. */
    public static Authenticator none() {
        return new StaticAuth("none", "", Set.of(), request -> request);
    }

    /** {@code Authorization: Bearer} with a fixed token (RFC 6750). */
    public static Authenticator bearer(Secret token) {
        return new StaticAuth(
                "bearer " + token.identity(),
                token.fingerprint(),
                Set.of(),
                request -> token.reveal(text -> request.header("Authorization", "Bearer " + text)));
    }

    /** {@code Authorization: Basic} (RFC 7617), in UTF-8. */
    public static Authenticator basic(String user, Secret password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the user name of basic authentication must not hold a colon");
        }
        return new StaticAuth(
                "basic " + user + " " + password.identity(),
                password.fingerprint(),
                Set.of(),
                request -> password.reveal(text -> request.header("Authorization", "Basic " + pair(user, text))));
    }

    private static String pair(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** A header that is the key, after {@code prefix}. */
    public static Authenticator header(String name, String prefix, Secret key) {
        return new StaticAuth(
                "header " + name + " " + key.identity(),
                key.fingerprint(),
                Set.of(),
                request -> key.reveal(text -> request.header(name, prefix + text)));
    }

    /** A query parameter that is the key. */
    public static Authenticator query(String name, Secret key) {
        return new StaticAuth(
                "query " + name + " " + key.identity(),
                key.fingerprint(),
                Set.of(name),
                request -> key.reveal(text -> request.query(name, text)));
    }

    private record StaticAuth(String identity, String print, Set<String> queryNames, UnaryOperator<ApiRequest> put)
            implements Authenticator {
        @Override
        public Mono<ApiRequest> authorise(ApiRequest request) {
            return Mono.fromSupplier(() -> put.apply(request));
        }

        @Override
        public String fingerprint() {
            return identity + " " + print;
        }

        @Override
        public String toString() {
            return identity.split(" ", 2)[0] + " authentication";
        }
    }
}
