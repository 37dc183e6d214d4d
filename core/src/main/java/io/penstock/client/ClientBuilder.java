package io.penstock.client;

import io.penstock.auth.Auth;
import io.penstock.auth.AuthMeans;
import io.penstock.auth.Authenticator;
import io.penstock.auth.Credential;
import io.penstock.breaker.BreakerPolicy;
import io.penstock.cache.CachePolicy;
import io.penstock.cache.CacheStore;
import io.penstock.cache.ResponseCache;
import io.penstock.client.exchange.Terms;
import io.penstock.config.Problems;
import io.penstock.config.Secret;
import io.penstock.decode.DecodeLimits;
import io.penstock.decode.format.ArchiveLimits;
import io.penstock.decode.format.Format;
import io.penstock.http.HttpLimits;
import io.penstock.http.Timeouts;
import io.penstock.http.Transport;
import io.penstock.http.outbound.Outbound;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import io.penstock.message.Origin;
import io.penstock.page.WalkLimits;
import io.penstock.rate.RateLimit;
import io.penstock.rate.hint.CostReader;
import io.penstock.rate.hint.RateHeaders;
import io.penstock.rate.quota.QuotaRule;
import io.penstock.rate.quota.Quotas;
import io.penstock.retry.AnswerRule;
import io.penstock.retry.RetryListener;
import io.penstock.retry.RetryPolicy;
import io.penstock.store.Vault;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Stores settings and judges them together at the end. */
final class ClientBuilder implements ApiClient.Builder {

    private static final int MOST_REQUESTS = 1000;
    private static final long CACHED_BYTES = 32L << 20;
    private static final int CACHED_ENTRIES = 10_000;

    private final URI base;
    private final ClientResources resources;
    private final Runnable onClose;
    private Credential credential = Credential.of(Auth.none());
    private Optional<Vault> vault = Optional.empty();
    private String owner = "";
    private Consumer<Secret> learnt = secret -> {};
    private final List<RateLimit> limits = new ArrayList<>();
    private final List<QuotaRule> quotaRules = new ArrayList<>();
    private double share = 1;
    private int concurrency = 4;
    private boolean adaptive;
    private RateHeaders rateHeaders = RateHeaders.standard();
    private CostReader cost = CostReader.NONE;
    private RetryPolicy retry = RetryPolicy.DEFAULT;
    private RetryListener listener = RetryListener.NONE;
    private BreakerPolicy breaker = BreakerPolicy.DEFAULT;
    private Optional<Timeouts> timeouts = Optional.empty();
    private final List<AnswerRule> rules = new ArrayList<>();
    private WalkLimits walks = new WalkLimits(Long.MAX_VALUE, Long.MAX_VALUE);
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> query = new LinkedHashMap<>();
    private Outbound outbound = Outbound.NONE;
    private Optional<ResponseCache> cache = Optional.empty();
    private Optional<HttpLimits> sizes = Optional.empty();
    private Format plain = Format.json();
    private final Set<Origin> allowed = new LinkedHashSet<>();

    ClientBuilder(URI base, ClientResources resources, Runnable onClose) {
        this.base = base;
        this.resources = resources;
        this.onClose = onClose;
    }

    @Override
    public ApiClient.Builder auth(Authenticator ready) {
        return auth(Credential.of(ready));
    }

    @Override
    public ApiClient.Builder auth(Credential described) {
        credential = described;
        return this;
    }

    @Override
    public ApiClient.Builder vault(Vault keeps) {
        vault = Optional.of(keeps);
        return this;
    }

    @Override
    public ApiClient.Builder owner(String name) {
        owner = name;
        return this;
    }

    @Override
    public ApiClient.Builder onSecret(Consumer<Secret> told) {
        learnt = told;
        return this;
    }

    @Override
    public ApiClient.Builder limit(RateLimit limit) {
        limits.add(limit);
        return this;
    }

    @Override
    public ApiClient.Builder concurrency(int requests) {
        concurrency = requests;
        return this;
    }

    @Override
    public ApiClient.Builder adaptiveConcurrency(int most) {
        concurrency = most;
        adaptive = true;
        return this;
    }

    @Override
    public ApiClient.Builder quota(QuotaRule rule) {
        quotaRules.add(rule);
        return this;
    }

    @Override
    public ApiClient.Builder share(double part) {
        share = part;
        return this;
    }

    @Override
    public ApiClient.Builder rateHeaders(RateHeaders headers) {
        rateHeaders = headers;
        return this;
    }

    @Override
    public ApiClient.Builder costFrom(CostReader reader) {
        cost = reader;
        return this;
    }

    @Override
    public ApiClient.Builder retry(RetryPolicy policy) {
        retry = policy;
        return this;
    }

    @Override
    public ApiClient.Builder onRetry(RetryListener told) {
        listener = told;
        return this;
    }

    @Override
    public ApiClient.Builder breaker(BreakerPolicy policy) {
        breaker = policy;
        return this;
    }

    @Override
    public ApiClient.Builder timeouts(Timeouts waits) {
        timeouts = Optional.of(waits);
        return this;
    }

    @Override
    public ApiClient.Builder sizes(HttpLimits limits) {
        sizes = Optional.of(limits);
        return this;
    }

    @Override
    public ApiClient.Builder documents(DecodeLimits limits, ArchiveLimits archives) {
        plain = Format.json().within(limits).within(archives);
        return this;
    }

    @Override
    public ApiClient.Builder rules(List<AnswerRule> more) {
        rules.addAll(more);
        return this;
    }

    @Override
    public ApiClient.Builder walks(WalkLimits most) {
        walks = most;
        return this;
    }

    @Override
    public ApiClient.Builder header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    @Override
    public ApiClient.Builder query(String name, String value) {
        query.put(name, value);
        return this;
    }

    @Override
    public ApiClient.Builder allow(Origin origin) {
        allowed.add(origin);
        return this;
    }

    @Override
    public ApiClient.Builder outbound(Outbound rules) {
        outbound = rules;
        return this;
    }

    @Override
    public ApiClient.Builder cache(CachePolicy policy) {
        CacheStore store = CacheStore.inProcess(resources.timer(), CACHED_BYTES, CACHED_ENTRIES);
        return cache(ResponseCache.of(store, policy, resources.clock()));
    }

    @Override
    public ApiClient.Builder cache(ResponseCache kept) {
        cache = Optional.of(kept);
        return this;
    }

    @Override
    public ApiClient build() {
        Problems problems = new Problems();
        problems.require(
                concurrency >= 1 && concurrency <= MOST_REQUESTS,
                "concurrency",
                "expected 1 to " + MOST_REQUESTS + " requests at once, found " + concurrency);
        judgeBase(problems);
        judgeShare(problems);
        judgeRules(problems);
        judgeDefaults(problems);
        problems.throwIfAny("the client of " + base.getScheme() + "://" + base.getHost());
        Outbound reach = outbound.allowing(allowed);
        Transport timed = timeouts.map(resources.transport()::within).orElse(resources.transport());
        Transport transport = sizes.map(timed::within).orElse(timed).with(reach);
        Exchanges exchanges = new Exchanges(
                new Exchanges.Place(base, reach),
                means(transport),
                new Terms.Means(transport, resources.timer(), resources.clock(), resources.random(), cache),
                resources.shared(),
                new Exchanges.Spending(
                        List.copyOf(limits),
                        List.copyOf(quotaRules),
                        share,
                        new Exchanges.Slots(concurrency, adaptive)),
                new Exchanges.Reading(rateHeaders, cost, List.copyOf(rules), walks),
                new Exchanges.Resilience(retry, listener, breaker));
        return new ComposedClient(
                base,
                exchanges,
                exchanges.open(credential),
                new ComposedClient.Defaults(headers, query, plain),
                onClose);
    }

    private AuthMeans means(Transport transport) {
        return new AuthMeans(
                new CredentialCalls(resources, transport, retry, listener, owner),
                new AuthMeans.Time(resources.timer(), resources.clock(), resources.random()),
                vault.orElseGet(() -> Vault.inMemory(resources.timer())),
                owner,
                learnt);
    }

    private void judgeShare(Problems problems) {
        try {
            limits.forEach(limit -> limit.share(share));
            quotaRules.forEach(rule -> rule.limits().forEach(limit -> limit.share(share)));
        } catch (IllegalArgumentException wrong) {
            problems.add("share", String.valueOf(wrong.getMessage()));
        }
    }

    private void judgeRules(Problems problems) {
        problems.require(
                quotaRules.size() <= Quotas.MOST_RULES,
                "quota",
                "expected at most " + Quotas.MOST_RULES + " rules, found " + quotaRules.size());
        Set<String> names = new LinkedHashSet<>();
        quotaRules.forEach(rule -> problems.require(
                names.add(rule.name()), "quota", "the name " + rule.name() + " is taken: give each rule its own"));
    }

    private void judgeBase(Problems problems) {
        try {
            Origin.of(base);
        } catch (IllegalArgumentException wrong) {
            problems.add("base URL", String.valueOf(wrong.getMessage()));
        }
        problems.require(
                base.getRawQuery() == null && base.getRawFragment() == null,
                "base URL",
                "must have neither query nor fragment: give parameters by query(name, value)");
    }

    private void judgeDefaults(Problems problems) {
        headers.forEach((name, value) -> {
            try {
                ApiRequest.of(Method.GET, URI.create("http://localhost")).header(name, value);
            } catch (IllegalArgumentException wrong) {
                problems.add("headers", String.valueOf(wrong.getMessage()));
            }
        });
    }
}
