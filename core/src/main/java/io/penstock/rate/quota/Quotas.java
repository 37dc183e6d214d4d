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

/**
 * Everything that one client knows of what it may spend: which budget a request spends, and how its answer tells what is left.
 *
 * <p>Immutable and safe for concurrent use.
 *
 * @param rest the budget of requests that no rule covers
 * @param ruled budgets of their own; the first whose rule covers a request is spent
 * @param base path of the base URL, which rules leave out
 * @param headers how answers tell what is left
 * @param cost how answers tell what the request has cost
 */
public record Quotas(Permits rest, List<Ruled> ruled, String base, RateHeaders headers, CostReader cost) {

    /** A rule and its budget. */
    public record Ruled(QuotaRule rule, Permits permits) {}

    /** Copies the list; a slash at the end of the base goes. */
    public Quotas {
        ruled = List.copyOf(ruled);
        base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    /** One budget for all requests, whose answers tell what is left in the usual ways. */
    public static Quotas of(Permits permits) {
        return new Quotas(permits, List.of(), "", RateHeaders.standard(), CostReader.NONE);
    }

    /** The budget that {@code request} spends. */
    public Permits of(ApiRequest request) {
        if (ruled.isEmpty()) {
            return rest;
        }
        String path = request.url().getRawPath();
        String below = path.startsWith(base) ? path.substring(base.length()) : path;
        for (Ruled some : ruled) {
            if (some.rule().covers(request, below)) {
                return some.permits();
            }
        }
        return rest;
    }

    /** Tells the budget that {@code permit} came from that the request it was spent on has failed. */
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
        List<RateHeaders.Hint> hints = headers.read(answered, now);
        if (!hints.isEmpty()) {
            Permits permits = of(request);
            hints.forEach(hint -> permits.hint(hint.remaining(), hint.reset(), hint.quota()));
        }
    }
}
