package io.penstock.auth;

import io.penstock.auth.StaticAuth.HeaderSlot;
import io.penstock.auth.StaticAuth.QuerySlot;
import io.penstock.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The ways of authentication there are. */
public final class Auth {

    private Auth() {}

    /** No credential. */
    public static Authenticator none() {
        return new NoAuth();
    }

    /** {@code Authorization: Bearer} with a fixed token (RFC 6750). */
    public static Authenticator bearer(Secret token) {
        return new StaticAuth(
                "bearer " + token.identity(), token, new HeaderSlot("Authorization"), text -> "Bearer " + text);
    }

    /** {@code Authorization: Basic} (RFC 7617), in UTF-8. */
    public static Authenticator basic(String user, Secret password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the user name of basic authentication must not hold a colon");
        }
        return new StaticAuth(
                "basic " + user + " " + password.identity(),
                password,
                new HeaderSlot("Authorization"),
                text -> "Basic " + pair(user, text));
    }

    private static String pair(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** A header that is the key, after {@code prefix}. */
    public static Authenticator header(String name, String prefix, Secret key) {
        return new StaticAuth(
                "header " + name + " " + key.identity(), key, new HeaderSlot(name), text -> prefix + text);
    }

    /** A query parameter that is the key. */
    public static Authenticator query(String name, Secret key) {
        return new StaticAuth("query " + name + " " + key.identity(), key, new QuerySlot(name), text -> text);
    }
}
