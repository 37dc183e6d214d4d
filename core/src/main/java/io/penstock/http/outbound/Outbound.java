package io.penstock.http.outbound;

import io.penstock.config.Problems;
import io.penstock.error.AccessDenied.BlockedDestination;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.message.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one client may reach besides the origin it was made for, whom it trusts there, and its proxy.
 *
 * <p>Immutable. {@link #NONE} allows nothing: every URL that came from a peer stays at the client's own origin, certificates are
 * judged by the machine's authorities, and there is no proxy.
 */
public final class Outbound {

    /** Nothing besides. */
    public static final Outbound NONE = builder().build();

    private final Set<Origin> allowed;
    private final Set<Origin> http;
    private final List<Cidr> reachable;
    private final Map<Origin, TlsTrust> trust;
    private final Optional<ProxyServer> proxy;

    private Outbound(Builder from) {
        this.allowed = Set.copyOf(from.allowed);
        this.http = Set.copyOf(from.http);
        this.reachable = List.copyOf(from.reachable);
        this.trust = Map.copyOf(from.trust);
        this.proxy = from.proxy;
    }

    /** Begins with {@link #NONE}. */
    public static Builder builder() {
        return new Builder();
    }

    /** These rules with more origins allowed. */
    public Outbound allowing(Set<Origin> origins) {
        Builder more = builder();
        more.allowed.addAll(allowed);
        more.allowed.addAll(origins);
        more.http.addAll(http);
        more.reachable.addAll(reachable);
        more.trust.putAll(trust);
        more.proxy = proxy;
        return more.build();
    }

    /** Whether connections are made as they always are: no proxy, no trust of its own, no private address. */
    public boolean plain() {
        return reachable.isEmpty() && trust.isEmpty() && proxy.isEmpty();
    }

    /** How the certificates of an origin are judged, where that differs from the rest. */
    public Map<Origin, TlsTrust> trust() {
        return trust;
    }

    /** What all requests go through. */
    public Optional<ProxyServer> proxy() {
        return proxy;
    }

    /**
     * Judges an address as it is about to be connected to, for a URL that came from a peer.
     *
     * @param host as the URL names it, for the message
     * @param address 4 or 16 bytes
     * @throws BlockedDestination if it is private or special, and in no block of {@link Builder#allowPrivate}
     */
    public void requireReachable(String host, byte[] address) {
        if (AddressRanges.isSpecial(address) && !AddressRanges.anyHolds(reachable, address)) {
            throw new BlockedDestination("a link from the server leads to " + host
                    + ", which is a private or special address: if that is meant, name its block in allow_private");
        }
    }

    void requireAllowed(Origin origin) {
        if (!allowed.contains(origin)) {
            throw new BlockedDestination("a link from the server leads to " + origin
                    + ", which is not among the allowed origins: add it there if that is meant");
        }
        if (!origin.secure() && !http.contains(origin)) {
            throw new BlockedDestination("a link from the server leads to " + origin
                    + " without TLS: only https is followed there, unless allow_http names it");
        }
    }

    /** Gathers rules; setters only store, {@link #build} judges. For one thread. */
    public static final class Builder {

        private final Set<Origin> allowed = new LinkedHashSet<>();
        private final Set<Origin> http = new LinkedHashSet<>();
        private final List<Cidr> reachable = new ArrayList<>();
        private final Map<Origin, TlsTrust> trust = new LinkedHashMap<>();
        private Optional<ProxyServer> proxy = Optional.empty();

        private Builder() {}

        /** An origin that next links, redirects and job results may lead to; no credential and no body goes there. */
        public Builder allow(Origin origin) {
            allowed.add(origin);
            return this;
        }

        /** As {@link #allow}, for an origin without TLS. */
        public Builder allowHttp(Origin origin) {
            http.add(origin);
            return allow(origin);
        }

        /** A block of private or special addresses that an allowed origin may lie in. */
        public Builder allowPrivate(Cidr block) {
            reachable.add(block);
            return this;
        }

        /** How the certificates of {@code origin} are judged. */
        public Builder trust(Origin origin, TlsTrust how) {
            trust.put(origin, how);
            return this;
        }

        /** What all requests of the client go through; default none. */
        public Builder proxy(ProxyServer server) {
            proxy = Optional.of(server);
            return this;
        }

        /**
         * Judges all rules together.
         *
         * @throws ConfigError naming every origin that could never be reached
         */
        public Outbound build() {
            Problems problems = new Problems();
            http.forEach(origin -> problems.require(
                    !origin.secure(),
                    "allow_http",
                    "expected an origin such as http://files.example.com, found " + origin));
            trust.keySet()
                    .forEach(origin -> problems.require(
                            origin.secure(),
                            "tls",
                            "the origin " + origin + " has no TLS: write https or leave it out"));
            allowed.forEach(origin -> ordinary(problems, origin));
            problems.throwIfAny("what may be reached");
            return new Outbound(this);
        }

        private static void ordinary(Problems problems, Origin origin) {
            try {
                HostNames.requireOrdinary(origin.host());
            } catch (BlockedDestination never) {
                problems.add(
                        "allowed_origins",
                        origin
                                + " is never followed: it must be a plain host name or address, and no metadata service");
            }
        }
    }
}
