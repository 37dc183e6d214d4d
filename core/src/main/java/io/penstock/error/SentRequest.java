package io.penstock.error;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One request that was sent before a failure; holds nothing that could be a secret.
 *
 * @param method such as {@code GET}
 * @param address scheme, host and path
 * @param query the names of the query's parameters, without their values
 * @param attempt 1 for the first try
 * @param requestId the correlation id; empty text if no answer came
 * @param status of the answer; 0 if none came
 * @param at when it was sent
 * @param headers how long its header section took; zero if none came
 * @param took how long it took in all, or until now
 */
public record SentRequest(
        String method,
        String address,
        List<String> query,
        int attempt,
        String requestId,
        int status,
        Instant at,
        Duration headers,
        Duration took) {

    /** Copies the names. */
    public SentRequest {
        query = List.copyOf(query);
    }

    /** This request at another address, such as one in which secrets are hidden. */
    public SentRequest at(String other) {
        return new SentRequest(method, other, query, attempt, requestId, status, at, headers, took);
    }

    /** As plain values for machines; what is not known is left out. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("method", method);
        map.put("address", address);
        map.put("query", query);
        map.put("attempt", attempt);
        if (!requestId.isEmpty()) {
            map.put("correlation_id", requestId);
        }
        if (status > 0) {
            map.put("status", status);
            map.put("headers_ms", headers.toMillis());
        }
        map.put("sent", at.toString());
        map.put("took_ms", took.toMillis());
        return map;
    }
}
