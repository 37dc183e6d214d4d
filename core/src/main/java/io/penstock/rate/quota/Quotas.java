package io.penstock.rate.quota;

import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.Throttled;
import io.penstock.error.TryLater.UpstreamError;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.rate.Permits;
import io.penstock.rate.Permits.Permit;
import io.penstock.rate.hint.CostReader;
import io.penstock.rate.hint.RateHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Everything that one client knows of what it may spend: which budgets a request spends, and how its answer tells what is left.
 *
 * <p>Safe for concurrent use.
 */
public final class Quotas {

    /** The most rules one client may have. */
    public static final int MOST_RULES = 62;

    private final List<QuotaRule> rules;
    private final Book book;
    private final Permits rest;
    private final String base;
    private final Reading reading;
    private final Map<Long, Permits> known = new ConcurrentHashMap<>();

    /** Where budgets are kept. */
    @FunctionalInterface
    public interface Book {

        /**
         * The leave that spends from the budgets of all these rules and, unless the last is apart, from that of the rest.
         *
         * @param covering in their order; empty for the rest alone
         */
        Permits of(List<QuotaRule> covering);
    }

    /**
     * How answers tell.
     *
     * @param headers what is left
     * @param cost what the request has cost
     */
    public record Reading(RateHeaders headers, CostReader cost) {}

    /**
     * Rules in their order: a request spends from the budget of every rule that covers it, down to the first that is apart.
     *
     * @param base path of the base URL, which rules leave out
     * @throws IllegalArgumentException if there are too many rules
     */
    public Quotas(List<QuotaRule> rules, Book book, String base, Reading reading) {
        if (rules.size() > MOST_RULES) {
            throw new IllegalArgumentException(
                    "expected at most " + MOST_RULES + " quota rules, found " + rules.size());
        }
        this.rules = List.copyOf(rules);
        this.book = book;
        this.rest = book.of(List.of());
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.reading = reading;
    }

    /** The leave that {@code request} needs. */
    public Permits of(ApiRequest request) {
        if (rules.isEmpty()) {
            return rest;
        }
        String path = request.url().getRawPath();
        String below = path.startsWith(base) ? path.substring(base.length()) : path;
        long covering = 0;
        boolean apart = false;
        for (int i = 0; i < rules.size() && !apart; i++) {
            if (rules.get(i).covers(request, below)) {
                covering |= 1L << i;
                apart = rules.get(i).apart();
            }
        }
        return covering == 0 ? rest : known.computeIfAbsent(covering, this::budgets);
    }

    private Permits budgets(long covering) {
        return book.of(IntStream.range(0, rules.size())
                .filter(i -> (covering & 1L << i) != 0)
                .mapToObj(rules::get)
                .toList());
    }

    /** How answers tell what their request has cost. */
    public CostReader cost() {
        return reading.cost();
    }

    /** How answers tell what is left. */
    public RateHeaders headers() {
        return reading.headers();
    }

    /** Tells the budgets that {@code permit} came from that the request it was spent on has failed. */
    public void failed(Permit permit, Throwable failure) {
        if (failure instanceof Throttled throttled) {
            if (throttled.resumeAt().isEmpty()) { // a wait that is not sat out ends the run instead
                permit.throttled(throttled.retryAfter());
            }
        } else if (failure instanceof UpstreamError || (failure instanceof NetworkError network && !network.unsent())) {
            permit.pushedBack();
        }
    }

    /** Lets the budget of {@code request} know what the head of its answer tells. */
    public void learn(ApiRequest request, Headers answered, Instant now) {
        List<RateHeaders.Hint> hints = reading.headers().read(answered, now);
        if (!hints.isEmpty()) {
            Permits permits = of(request);
            hints.forEach(hint -> permits.hint(hint.remaining(), hint.reset(), hint.quota()));
        }
    }
}
