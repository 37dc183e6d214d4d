package io.penstock.rate;

import java.util.List;

/**
 * What somebody says of a budget: whose it is and how much it allows.
 *
 * @param key origin and identity of the credential; never shown
 * @param name what people are shown, such as the origin; no secret
 * @param limits all of them hold together; none for concurrency alone
 * @param concurrency how many permits may be out at once, at least 1
 * @param adaptive whether {@code concurrency} is a ceiling, below which the number of permits is learned from how the server
 *     fares
 */
public record BudgetTerms(String key, String name, List<RateLimit> limits, int concurrency, boolean adaptive) {

    /**
     * Copies the limits.
     *
     * @throws IllegalArgumentException if {@code concurrency} is below 1
     */
    public BudgetTerms {
        limits = List.copyOf(limits);
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency is at least 1, but was " + concurrency);
        }
    }
}
