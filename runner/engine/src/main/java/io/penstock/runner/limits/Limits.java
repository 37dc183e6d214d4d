package io.penstock.runner.limits;

import io.penstock.client.ApiClient;
import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.http.Timeouts;
import io.penstock.rate.RateLimit;
import io.penstock.rate.hint.CostReader;
import io.penstock.rate.hint.RateHeaders;
import io.penstock.rate.quota.QuotaRule;
import io.penstock.retry.RetryPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a connection may spend, wait for, repeat and take in.
 *
 * <p>Immutable and safe for concurrent use.
 */
public final class Limits {

    private static final Setting<List<RateLimit>> REQUESTS = Setting.of(
            "requests",
            "The most requests in any window of a length, such as 100/s, 1000/m or 50/10s; a list if there are several. What is"
                    + " spent of windows of an hour and longer is kept beside the plan, so that it counts after a restart.",
            Types.listOf(RateLimit.type()),
            List.of());
    private static final Setting<Concurrency> CONCURRENCY = Setting.of(
            "concurrency",
            "How many slices are read, and how many requests are under way, at once; auto to learn it from how the API fares, up"
                    + " to 64.",
            Concurrency.TYPE,
            4);
    private static final Setting<List<QuotaRule>> QUOTAS = Setting.of(
            "quotas",
            "Limits of some requests, by path and method, which hold beside those of the connection; every rule that covers a"
                    + " request holds.",
            Types.listOf(QuotaSettings.TYPE),
            List.of());
    private static final Setting<Double> SHARE = Setting.of(
            "share",
            "The part of every limit that this process may spend, more than 0 and at most 1, where others use the same credential.",
            Types.parsed("number more than 0 and at most 1", Limits::share),
            1);
    private static final Setting<RateHeaders> RATE_HEADERS = Setting.optional(
            "rate_headers",
            "Which response headers are believed on what is left of the quota: standard (all known, the default), none, the names"
                    + " of families, or the API's own fields.",
            new HintType());
    private static final Setting<CostReader> COST =
            Setting.optional("cost", "Where answers tell what their request has cost, as with GraphQL.", HintType.COST);
    private static final Setting<Duration> DEADLINE = Setting.optional(
            "deadline",
            "How long a run of the connection may take, such as 2h: then it stops as if it were interrupted, and the next run goes"
                    + " on from there.",
            Types.duration());
    private static final Setting<RetryPolicy> RETRY =
            Setting.optional("retry", "How failed requests are repeated.", RetrySettings.TYPE);
    private static final Setting<Timeouts> TIMEOUTS =
            Setting.optional("timeouts", "How long one try waits for what.", TimeoutSettings.TYPE);

    /** Nothing but four requests at once. */
    public static final Limits DEFAULT = read(Map.of());

    private final Config config;
    private final Concurrency concurrency;

    private Limits(Config config, Concurrency concurrency) {
        this.config = config;
        this.concurrency = concurrency;
    }

    private static Limits of(Config config) {
        return new Limits(config, config.value(CONCURRENCY));
    }

    static Limits read(Map<String, ?> raw) {
        return of(Config.of(settings(), raw));
    }

    /** The settings, by which plans say it. */
    public static List<Setting<?>> settings() {
        return Stream.concat(
                        Stream.<Setting<?>>of(
                                REQUESTS, CONCURRENCY, QUOTAS, SHARE, RATE_HEADERS, COST, DEADLINE, RETRY, TIMEOUTS),
                        SizeSettings.ALL.stream())
                .toList();
    }

    /** The setting called {@code limits}. */
    public static Setting<Limits> setting() {
        return Setting.optional(
                "limits", "What the connection may spend, wait for and take in.", Types.object(settings(), Limits::of));
    }

    /** The defaults with so many slices and requests at once, and these limits. */
    public static Limits of(int concurrency, RateLimit... requests) {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put(CONCURRENCY.name(), concurrency);
        raw.put(REQUESTS.name(), Stream.of(requests).map(RateLimit::toString).toList());
        return read(raw);
    }

    /** These limits with so many slices and requests at once. */
    public Limits withConcurrency(int most) {
        return new Limits(config, new Concurrency(most, false));
    }

    private static Double share(String text) {
        String wrong = "expected a number more than 0 and at most 1, such as 0.5, found '" + text + "'";
        try {
            double part = Double.parseDouble(text);
            if (part > 0 && part <= 1) {
                return part;
            }
            throw new IllegalArgumentException(wrong);
        } catch (NumberFormatException noNumber) {
            throw new IllegalArgumentException(wrong, noNumber);
        }
    }

    /** Limits that all hold together. */
    public List<RateLimit> requests() {
        return config.value(REQUESTS);
    }

    /** How many slices are read, and how many requests are under way, at once; the most of them if that is learned. */
    public int concurrency() {
        return concurrency.most();
    }

    /** How long a run may take; empty for as long as it does. */
    public Optional<Duration> deadline() {
        return config.optional(DEADLINE);
    }

    /**
     * What of it lets in more than the defaults do, such as {@code wire_bytes 4294967296 instead of 268435456}; to be shown to whoever
     * starts a run.
     */
    public List<String> raised() {
        return SizeSettings.raised(config, DEFAULT.config);
    }

    /** How failed requests are repeated; empty where the plan says nothing of it. */
    public Optional<RetryPolicy> retry() {
        return config.optional(RETRY);
    }

    /** Has {@code client} keep to all of this but {@link #retry}, which is for whoever knows how long somebody waits. */
    public void applyTo(ApiClient.Builder client) {
        requests().forEach(client::limit);
        if (concurrency.learned()) {
            client.adaptiveConcurrency(concurrency.most());
        } else {
            client.concurrency(concurrency.most());
        }
        config.value(QUOTAS).forEach(client::quota);
        client.share(config.value(SHARE));
        config.optional(RATE_HEADERS).ifPresent(client::rateHeaders);
        config.optional(COST).ifPresent(client::costFrom);
        config.optional(TIMEOUTS).ifPresent(client::timeouts);
        SizeSettings.apply(config, client);
    }
}
