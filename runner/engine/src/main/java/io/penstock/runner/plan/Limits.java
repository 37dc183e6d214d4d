package io.penstock.runner.plan;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.rate.RateLimit;
import java.util.List;

/**
 * What a connection may spend.
 *
 * @param requests limits that all hold together; empty for none but the concurrency
 * @param concurrency how many slices are read, and how many requests are under way, at once
 */
public record Limits(List<RateLimit> requests, int concurrency) {

    private static final int MOST_AT_ONCE = 1_000;

    private static final Setting<List<RateLimit>> REQUESTS = Setting.of(
            "requests",
            "The most requests in any window of a length, such as 100/s, 1000/m or 50/10s; a list if there are several.",
            Types.listOf(RateLimit.type()),
            List.of());
    private static final Setting<Long> CONCURRENCY = Setting.of(
            "concurrency",
            "How many slices are read, and how many requests are under way, at once.",
            Types.integer(1, MOST_AT_ONCE),
            4);

    /** Nothing but four requests at once. */
    public static final Limits DEFAULT = new Limits(List.of(), 4);

    /** Copies the list. */
    public Limits {
        requests = List.copyOf(requests);
    }

    static List<Setting<?>> settings() {
        return List.of(REQUESTS, CONCURRENCY);
    }

    static Limits of(Config config) {
        return new Limits(config.value(REQUESTS), Math.toIntExact(config.value(CONCURRENCY)));
    }
}
