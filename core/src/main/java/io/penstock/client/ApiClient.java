package io.penstock.client;

import io.penstock.auth.Authenticator;
import io.penstock.auth.Credential;
import io.penstock.auth.Login;
import io.penstock.breaker.BreakerPolicy;
import io.penstock.cache.CachePolicy;
import io.penstock.cache.ResponseCache;
import io.penstock.config.Secret;
import io.penstock.decode.DecodeLimits;
import io.penstock.decode.format.ArchiveLimits;
import io.penstock.http.HttpLimits;
import io.penstock.http.Timeouts;
import io.penstock.http.outbound.Outbound;
import io.penstock.message.Method;
import io.penstock.message.Origin;
import io.penstock.page.WalkLimits;
import io.penstock.rate.RateLimit;
import io.penstock.rate.hint.CostReader;
import io.penstock.rate.hint.RateHeaders;
import io.penstock.rate.quota.QuotaRule;
import io.penstock.retry.AnswerRule;
import io.penstock.retry.RetryListener;
import io.penstock.retry.RetryPolicy;
import io.penstock.store.Vault;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads and writes one HTTP API with its limits, retries and credentials done right.
 *
 * <pre>{@code
 * ApiClient api = ApiClient.at("https://api.example.com/v2")
 *         .auth(Auth.bearer(Secret.env("EXAMPLE_TOKEN")))
 *         .limit(RateLimit.of(1000, Duration.ofMinutes(1)))
 *         .build();
 * Flux<Customer> customers =
 *         api.get("/customers").pages(Paging.cursor("/next_cursor", "cursor")).records("/items", Customer.class);
 * }</pre>
 *
 * <p>Immutable and safe for concurrent use; share one instance. Nothing is sent before a publisher is subscribed to.
 */
public interface ApiClient extends AutoCloseable {

    /**
     * Begins a client with connections of its own.
     *
     * @param base absolute, {@code http} or {@code https}, with or without a path; trusted as typed
     * @throws IllegalArgumentException if {@code base} is not a URL
     */
    static Builder at(String base) {
        ClientResources own = ClientResources.create();
        return new ClientBuilder(URI.create(base), own, own::close);
    }

    /** A call of {@code method} at {@code path}. */
    ApiCall call(Method method, String path);

    /**
     * A GET.
     *
     * @param path below the base URL, percent-encoded, starting with a slash; or an absolute URL, which then counts as one that
     *     came from a peer
     */
    default ApiCall get(String path) {
        return call(Method.GET, path);
    }

    /** A POST; {@link ApiCall#idempotent()} if it only reads. */
    default ApiCall post(String path) {
        return call(Method.POST, path);
    }

    /** A PUT. */
    default ApiCall put(String path) {
        return call(Method.PUT, path);
    }

    /** A PATCH. */
    default ApiCall patch(String path) {
        return call(Method.PATCH, path);
    }

    /** A DELETE. */
    default ApiCall delete(String path) {
        return call(Method.DELETE, path);
    }

    /** A GraphQL query: a POST of {@code {"query": ..., "variables": ...}} that may be repeated. */
    ApiCall graphql(String path, String query, Map<String, ?> variables);

    /**
     * This client with another credential, whose budget, breaker and retry tokens are its own; all else is shared. Closing it closes
     * nothing.
     */
    ApiClient with(Credential credential);

    /**
     * A client for each credential: of a pool one for each of its members, else this one alone. They share the members' budgets;
     * closing them closes nothing.
     */
    List<ApiClient> each();

    /** Lets go of connections it opened itself; idempotent, never blocks. */
    @Override
    void close();

    /** Gathers what a client needs; setters only store, {@link #build} judges. For one thread. */
    interface Builder {

        /** The credential of the base URL's origin; default none. */
        Builder auth(Authenticator authenticator);

        /** A credential that is made by requests of its own, such as OAuth 2.0; they go the way of all others, in slots of their own. */
        Builder auth(Credential credential);

        /** Where credentials are kept that are replaced while they are used; default in the process, which loses them with it. */
        Builder vault(Vault vault);

        /** Whose client it is, such as the name of a connection: tells apart what is kept in one vault; default nobody's. */
        Builder owner(String name);

        /** Who is told of every secret that is made or received; must not block; default nobody. */
        Builder onSecret(Consumer<Secret> learnt);

        /** One more limit; all of them hold together. Default none but the concurrency. */
        Builder limit(RateLimit limit);

        /** How many requests may be under way at once; default 4. */
        Builder concurrency(int requests);

        /**
         * How many requests may be under way at once is learned, up to {@code most}: for an API that publishes no limit. Begins
         * at 4; grows while the server keeps up, shrinks when it refuses, fails or times out. In place of {@link #concurrency}.
         */
        Builder adaptiveConcurrency(int most);

        /** A quota of its own for some of the requests; the first rule that covers a request counts. Default none. */
        Builder quota(QuotaRule rule);

        /**
         * The part of every limit that this process may spend, where several processes share a credential; default 1, all of
         * it. A limit of which less than one request would be left is an error.
         *
         * @param part more than 0, at most 1
         */
        Builder share(double part);

        /** How answers tell what is left of the quota; default {@link RateHeaders#standard()}. */
        Builder rateHeaders(RateHeaders headers);

        /** How answers tell what their request has cost, as with GraphQL; default: what was asked for. */
        Builder costFrom(CostReader reader);

        /** How failed tries are repeated; default {@link RetryPolicy#DEFAULT}. */
        Builder retry(RetryPolicy policy);

        /**
         * When servers that fail are spared; default {@link BreakerPolicy#DEFAULT}. The first client of an origin and credential
         * decides for all that share its resources.
         */
        Builder breaker(BreakerPolicy policy);

        /** How long one try waits for what; default as its connections have it, {@link Timeouts#DEFAULT}. */
        Builder timeouts(Timeouts waits);

        /**
         * How large bodies may be; default as its connections have it, {@link HttpLimits#DEFAULT}. The limits of header sections
         * stay those of the connections.
         */
        Builder sizes(HttpLimits limits);

        /**
         * How large and deep documents may be that are read by {@link ApiCall#pages}, unless their format says otherwise; default
         * {@link DecodeLimits#DEFAULT} and {@link ArchiveLimits#DEFAULT}.
         */
        Builder documents(DecodeLimits limits, ArchiveLimits archives);

        /**
         * What answers of this API mean, where they mean something else than HTTP says; asked in this order before anything
         * else is made of an answer. {@link io.penstock.retry.VendorRules} has those of well-known APIs. Default none.
         */
        Builder rules(List<AnswerRule> more);

        /** No walk over pages goes past these limits, whatever it allows itself; default as each has it. */
        Builder walks(WalkLimits most);

        /** Who is told of every repeat, on whatever thread it is decided; default nobody. */
        Builder onRetry(RetryListener listener);

        /** A header of every request. */
        Builder header(String name, String value);

        /** A query parameter of every request. */
        Builder query(String name, String value);

        /** Another origin that next links and redirects may lead to; credentials do not go there. */
        Builder allow(Origin origin);

        /** What may be reached besides, and how: origins, private addresses, certificates, proxy; default nothing. */
        Builder outbound(Outbound rules);

        /** Takes answers from a cache in this process, of up to 32 MiB and 10,000 entries; default none. */
        Builder cache(CachePolicy policy);

        /** Takes answers from {@code kept}, which may be shared with other clients and told to forget. */
        Builder cache(ResponseCache kept);

        /**
         * Judges all settings together.
         *
         * @throws io.penstock.error.BadConfig.ConfigError naming every setting that is out of range
         */
        ApiClient build();
    }

    /** The URL all paths are below. */
    URI base();

    /** How a person grants access, where the credential needs one. */
    Optional<Login> login();
}
