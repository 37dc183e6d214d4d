package io.penstock.message;

import java.net.IDN;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port: what a credential belongs to and a budget is spent at (RFC 6454).
 *
 * @param scheme {@code http} or {@code https}
 * @param host lower case, in its ASCII form (IDNA); an IPv6 address stands in brackets
 * @param port 1 to 65535, the scheme's own where the URL names none
 */
public record Origin(String scheme, String host, int port) {

    private static final int LAST_PORT = 65_535;
    private static final int LONGEST_LABEL = 63;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /**
     * The origin of an absolute URL.
     *
     * @throws IllegalArgumentException if the URL is relative, is not {@code http(s)}, holds user information, no host or no
     *     possible port
     */
    public static Origin of(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("expected an absolute http or https URL, found scheme '" + scheme + "'");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a URL must not hold a user name or password: use auth settings");
        }
        String host = url.getHost();
        if (host == null || host.isEmpty()) {
            throw new IllegalArgumentException("expected a URL with a host name");
        }
        String ascii = host.startsWith("[") || plain(host) ? host : IDN.toASCII(host);
        int port = url.getPort() != -1 ? url.getPort() : scheme.equals("https") ? 443 : 80;
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("a port is 1 to " + LAST_PORT + ", but was " + port);
        }
        return new Origin(scheme, ascii.toLowerCase(Locale.ROOT), port);
    }

    /** Whether IDNA has nothing to do: asked for every request, and most names are short and plain. */
    private static boolean plain(String host) {
        if (host.length() > LONGEST_LABEL) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && (c < '0' || c > '9') && c != '-' && c != '.') {
                return false;
            }
        }
        return true;
    }

    /** Spelled out, since every request asks, mostly with the same instance on both sides. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Origin that
                        && port == that.port
                        && host.equals(that.host)
                        && scheme.equals(that.scheme));
    }

    @Override
    public int hashCode() {
        return 31 * (31 * scheme.hashCode() + host.hashCode()) + port;
    }

    /** Whether the connection is encrypted. */
    public boolean secure() {
        return scheme.equals("https");
    }

    /** Whether nobody on the way can read what is sent there: it is encrypted, or stays on this machine. */
    public boolean confidential() {
        return secure() || LOOPBACK.contains(host);
    }

    /** The form of a {@code Host} header: without the port where it is the scheme's own. */
    public String authority() {
        return port == (secure() ? 443 : 80) ? host : host + ":" + port;
    }

    @Override
    public String toString() {
        return scheme + "://" + authority();
    }
}
