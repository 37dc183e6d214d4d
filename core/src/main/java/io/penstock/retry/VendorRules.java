package io.penstock.retry;

import java.time.Duration;
import java.util.List;

/** The rules of well-known APIs. */
public final class VendorRules {

    /** {@code Stripe-Should-Retry} wins over the status. */
    public static final List<AnswerRule> STRIPE = List.of(
            AnswerRule.status(409, 500, 502, 503, 504)
                    .header("Stripe-Should-Retry", "true")
                    .retry(),
            AnswerRule.status(400, 402, 404, 409, 422, 424, 500, 502, 503, 504)
                    .header("Stripe-Should-Retry", "false")
                    .fail());

    /** GitHub throttles by 403 as well: by {@code Retry-After}, by an empty quota, or by a word about a secondary limit. */
    public static final List<AnswerRule> GITHUB = List.of(
            AnswerRule.status(403).header("Retry-After", AnswerRule.ANY).throttle(),
            AnswerRule.status(403, 429).header("X-RateLimit-Remaining", "0").throttle(),
            AnswerRule.status(429).throttle(Duration.ofSeconds(60)));

    /** Slack says in a 200 that it failed. */
    public static final List<AnswerRule> SLACK = List.of(
            AnswerRule.status(200)
                    .body("/ok", "false")
                    .body("/error", "ratelimited")
                    .throttle(),
            AnswerRule.status(200)
                    .body("/ok", "false")
                    .body("/error", "internal_error")
                    .retry(),
            AnswerRule.status(200).body("/ok", "false").fail());

    /** Shopify's GraphQL throttles in a 200. */
    public static final List<AnswerRule> SHOPIFY_GRAPHQL = List.of(AnswerRule.status(200)
            .body("/errors/0/extensions/code", "THROTTLED")
            .throttle());

    private VendorRules() {}
}
