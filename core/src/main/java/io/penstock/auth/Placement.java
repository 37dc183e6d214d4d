package io.penstock.auth;

import io.penstock.config.Secret;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where on a request a key or token stands. Immutable and safe for concurrent use. */
public final class Placement {

    private enum Kind {
        HEADER,
        COOKIE,
        QUERY
    }

    private static final String COOKIE_OCTETS = "[\\x21\\x23-\\x2B\\x2D-\\x3A\\x3C-\\x5B\\x5D-\\x7E]+";

    private final Kind kind;
    private final String name;
    private final String prefix;

    private Placement(Kind kind, String name, String prefix) {
        this.kind = kind;
        this.name = name;
        this.prefix = prefix;
    }

    /**
     * A header field that is the key, after {@code prefix}.
     *
     * @throws IllegalArgumentException if there can be no such field
     */
    public static Placement header(String name, String prefix) {
        ApiRequest.of(Method.GET, URI.create("http://localhost")).header(name, prefix + "x");
        return new Placement(Kind.HEADER, name, prefix);
    }

    /** {@code Authorization: Bearer} (RFC 6750). */
    public static Placement bearer() {
        return header("Authorization", "Bearer ");
    }

    /**
     * A cookie that is the key (RFC 6265), beside those the request has.
     *
     * @throws IllegalArgumentException if there can be no such cookie
     */
    public static Placement cookie(String name) {
        if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
            throw new IllegalArgumentException(
                    "the name of a cookie holds letters, digits and hyphens, found '" + name + "'");
        }
        return new Placement(Kind.COOKIE, name, "");
    }

    /** A query parameter that is the key. */
    public static Placement query(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("the query parameter that is the key needs a name");
        }
        return new Placement(Kind.QUERY, name, "");
    }

    /** This placement with {@code text} before the key; for headers and cookies. */
    public Placement after(String text) {
        if (kind == Kind.QUERY && !text.isEmpty()) {
            throw new IllegalArgumentException("a prefix goes with a header or a cookie: remove prefix");
        }
        return kind == Kind.HEADER ? header(name, text) : new Placement(kind, name, text);
    }

    /** A fixed key in this place. */
    public Authenticator of(Secret key) {
        return new StaticAuth("api key (" + this + ")", this + " " + key.identity(), key, this, text -> text);
    }

    ApiRequest put(ApiRequest request, String key) {
        return switch (kind) {
            case HEADER -> request.header(name, prefix + key);
            case COOKIE -> request.header("Cookie", cookies(request, prefix + key));
            case QUERY -> request.query(name, key);
        };
    }

    private String cookies(ApiRequest request, String value) {
        if (!value.matches(COOKIE_OCTETS)) {
            throw new IllegalArgumentException("the value of the cookie " + name
                    + " must be printable ASCII without spaces, quotes, commas, semicolons and backslashes");
        }
        Optional<String> others = request.headers().first("Cookie");
        return others.map(text -> text + "; ").orElse("") + name + "=" + value;
    }

    /** The key as it stands on {@code used}. */
    Optional<String> on(ApiRequest used) {
        return switch (kind) {
            case HEADER ->
                used.headers()
                        .first(name)
                        .filter(text -> text.startsWith(prefix))
                        .map(text -> text.substring(prefix.length()));
            case COOKIE ->
                cookie(used.headers().first("Cookie").orElse(""), name)
                        .filter(text -> text.startsWith(prefix))
                        .map(text -> text.substring(prefix.length()));
            case QUERY -> used.query(name);
        };
    }

    /** The value of one cookie in a {@code Cookie} header, or of a {@code Set-Cookie}. */
    static Optional<String> cookie(String line, String name) {
        for (String pair : line.split(";")) {
            String[] both = pair.strip().split("=", 2);
            if (both.length == 2 && both[0].equals(name)) {
                return Optional.of(both[1]);
            }
        }
        return Optional.empty();
    }

    Set<String> queryNames() {
        return kind == Kind.QUERY ? Set.of(name) : Set.of();
    }

    /** In words, such as {@code header X-Api-Key}. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " " + name;
    }
}
