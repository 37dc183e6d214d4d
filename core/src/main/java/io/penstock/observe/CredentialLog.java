package io.penstock.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
     * @param scopesAsked what it was to be granted
     * @param expires when it ends to hold, if that is known
     * @param quota what is left to spend, if the server says
     * @param clockOffset how far the server's clock is ahead of ours, to a second or so, if the server says
     */
    public record Use(
            String origin,
            String scheme,
            int status,
            List<String> scopes,
            List<String> scopesAsked,
            Optional<Instant> expires,
            Optional<Quota> quota,
            Optional<Duration> clockOffset) {

        /** Copies the scopes. */
        public Use {
            scopes = List.copyOf(scopes);
            scopesAsked = List.copyOf(scopesAsked);
        }

        /** Scopes that were asked for and not granted; none where it is not known what was granted. */
        public List<String> scopesMissing() {
            return scopes.isEmpty()
                    ? List.of()
                    : scopesAsked.stream()
                            .filter(asked -> !scopes.contains(asked))
                            .toList();
        }

        /** What a person had better look at before it fails; none if all is well. */
        public List<Warning> warnings() {
            return Warning.of(this);
        }

        /** Whether the server has taken it: neither 401 nor 403 nor 407. */
        public boolean good() {
            return status != 401 && status != 403 && status != 407;
        }
    }

    /** What is not wrong yet. */
    @SuppressWarnings("ImmutableEnumChecker") // its functions hold nothing
    public enum Warning {
        /** The server granted fewer scopes than were asked for. */
        SCOPES_MISSING(use -> !use.scopesMissing().isEmpty()),
        /** Nothing is left to spend until the reset. */
        QUOTA_SPENT(use -> use.quota().filter(quota -> quota.remaining() <= 0).isPresent()),
        /** The clocks differ by more than 30 s: signatures and assertions may be refused. */
        CLOCK_OFF(use -> use.clockOffset()
                .filter(offset -> offset.abs().compareTo(Duration.ofSeconds(30)) > 0)
                .isPresent());

        private final Predicate<Use> holds;

        Warning(Predicate<Use> holds) {
            this.holds = holds;
        }

        private static List<Warning> of(Use use) {
            return Stream.of(values()).filter(one -> one.holds.test(use)).toList();
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
