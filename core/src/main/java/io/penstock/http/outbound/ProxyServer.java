package io.penstock.http.outbound;

import io.penstock.config.Secret;
import java.net.URI;
import java.util.Optional;

/**
 * A proxy that opens tunnels ({@code CONNECT}, RFC 9110, section 9.3.6), for http and https alike.
 *
 * <p>Names are resolved by the proxy, so it is the proxy that must refuse private addresses behind names; addresses and names as
 * they are written are judged here all the same.
 *
 * @param host name or address; a name is resolved once, when the client is built
 * @param port 1 to 65535
 * @param login what it wants to know, if anything
 */
public record ProxyServer(String host, int port, Optional<Login> login) {

    /**
     * Name and password, sent as {@code Proxy-Authorization: Basic}.
     *
     * @param user must not hold a colon
     * @param password the secret
     */
    public record Login(String user, Secret password) {

        /**
         * Judges the name.
         *
         * @throws IllegalArgumentException if it is empty or holds a colon
         */
        public Login {
            if (user.isEmpty() || user.indexOf(':') >= 0) {
                throw new IllegalArgumentException("the user name of a proxy must not be empty or hold a colon");
            }
        }
    }

    /**
     * Judges the address.
     *
     * @throws IllegalArgumentException if it is none
     */
    public ProxyServer {
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a proxy has a host and a port from 1 to 65535, found port " + port);
        }
    }

    /**
     * The proxy at a URL such as {@code http://proxy.example.com:3128}, without a login.
     *
     * @throws IllegalArgumentException unless it is http, with host and port and nothing else
     */
    public static ProxyServer at(String url) {
        URI parsed = URI.create(url.trim());
        boolean bare = parsed.getRawUserInfo() == null
                && parsed.getRawQuery() == null
                && (parsed.getRawPath() == null || parsed.getRawPath().length() <= 1);
        if (!"http".equalsIgnoreCase(parsed.getScheme()) || parsed.getHost() == null || parsed.getPort() < 1 || !bare) {
            throw new IllegalArgumentException("expected a proxy such as http://proxy.example.com:3128;"
                    + " user and password have settings of their own");
        }
        return new ProxyServer(parsed.getHost(), parsed.getPort(), Optional.empty());
    }

    /** This proxy with a login. */
    public ProxyServer login(String user, Secret password) {
        return new ProxyServer(host, port, Optional.of(new Login(user, password)));
    }
}
