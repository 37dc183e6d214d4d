package io.penstock.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * What the answers to a subscription's requests tell of the credentials they bore, for people who prove them.
 *
 * <p>It travels in the Reactor context; where there is none, nobody listens and nothing is kept. Keeps the last answer of each
 * credential, of the first {@value #MOST}. Safe for concurrent use.
 */
public final class CredentialLog {

    /** How many credentials are kept. */
    public static final int MOST = 100;

    /**
     * A credential and how a server took it; holds no secret.
     *
     * @param origin where it belongs
     * @param scheme how it proves who asks
     * @param status of the answer
     * @param scopes it was granted, as far as known
     * @param expires when it ends to hold, if that is known
     * @param quota what is left to spend, if the server says
     * @param clockOffset how far the server's clock is ahead of ours, to a second or so, if the server says
     */
    public record Use(
            String origin,
            String scheme,
            int status,
            List<String> scopes,
            Optional<Instant> expires,
            Optional<Quota> quota,
            Optional<Duration> clockOffset) {

        /** Copies the scopes. */
        public Use {
            scopes = List.copyOf(scopes);
        }

        /** Whether the server has taken it: neither 401 nor 403 nor 407. */
        public boolean good() {
            return status != 401 && status != 403 && status != 407;
        }
    }

    /**
     * What a server says is left.
     *
     * @param remaining requests until the reset
     * @param limit how many there are from reset to reset; 0 if it does not say
     * @param reset how long until there are more
     */
    public record Quota(long remaining, long limit, Duration reset) {}

    private final Map<String, Use> uses = new LinkedHashMap<>();

    /** The log of a subscription, if it has one. */
    public static Optional<CredentialLog> in(ContextView context) {
        return context.getOrEmpty(CredentialLog.class);
    }

    /** {@code context} with this log in it. */
    public Context into(Context context) {
        return context.put(CredentialLog.class, this);
    }

    /**
     * An answer has come.
     *
     * @param identity tells one credential from another; kept in memory only, as a key
     */
    public synchronized void answered(String identity, Use use) {
        if (uses.containsKey(identity) || uses.size() < MOST) {
            uses.put(identity, use);
        }
    }

    /** Each credential that was used, in the order of first use. */
    public synchronized List<Use> uses() {
        return List.copyOf(uses.values());
    }
}
