package io.penstock.rate.quota;

import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import io.penstock.rate.RateLimit;
import java.util.List;
import java.util.Optional;

/**
 * A quota of its own for some of the requests.
 *
 * @param name what people are shown and what sets this quota apart from the others of the same origin and credential
 * @param method empty for any
 * @param path which paths below the base URL
 * @param limits all of them hold together for these requests
 * @param concurrency how many of these requests may be under way at once
 * @param apart whether these requests count in no other quota: neither in those of later rules nor in that of the rest
 */
public record QuotaRule(
        String name,
        Optional<Method> method,
        PathTemplate path,
        List<RateLimit> limits,
        int concurrency,
        boolean apart) {

    /**
     * Copies the limits.
     *
     * @throws IllegalArgumentException if the name is empty or {@code concurrency} is below 1
     */
    public QuotaRule {
        limits = List.copyOf(limits);
        if (name.isBlank() || concurrency < 1) {
            throw new IllegalArgumentException(
                    "a quota has a name and a concurrency of at least 1, but was '" + name + "' with " + concurrency);
        }
    }

    /** A quota of every method at {@code path}, as {@link PathTemplate#parse} reads it, that is apart. */
    public static QuotaRule of(String name, String path, int concurrency, RateLimit... limits) {
        return new QuotaRule(name, Optional.empty(), PathTemplate.parse(path), List.of(limits), concurrency, true);
    }

    /** This quota within the others: what it covers counts in those as well. */
    public QuotaRule within() {
        return new QuotaRule(name, method, path, limits, concurrency, false);
    }

    boolean covers(ApiRequest request, String path) {
        return method.map(request.method()::equals).orElse(true) && this.path.matches(path);
    }
}
