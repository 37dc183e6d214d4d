package io.penstock.runner.plan;

import io.penstock.config.Config;
import io.penstock.config.Durations;
import io.penstock.config.Setting;
import io.penstock.config.Types;
import io.penstock.rate.RateLimit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a connection may spend.
 *
 * @param requests limits that all hold together; empty for none but the concurrency
 * @param concurrency how many slices are read, and how many requests are under way, at once
 */
public record Limits(List<RateLimit> requests, int concurrency) {

    private static final int MOST_AT_ONCE = 1_000;
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9})\\s*/\\s*([0-9]*)\\s*(ms|s|m|h|d)");

    private static final Setting<List<RateLimit>> REQUESTS = Setting.of(
            "requests",
            "The most requests in any window of a length, such as 100/s, 1000/m or 50/10s; a list if there are several.",
            Types.listOf(Types.parsed("limit such as 100/s or 5000/h", Limits::parse)),
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

    /**
     * Reads a number and a window, such as {@code 100/s} or {@code 50/10s}.
     *
     * @throws IllegalArgumentException saying how limits are written
     */
    static RateLimit parse(String text) {
        Matcher written = WRITTEN.matcher(text.trim());
        if (!written.matches()) {
            throw new IllegalArgumentException(
                    "expected a limit such as 100/s, 1000/m or 50/10s, found '" + text + "'");
        }
        String count = written.group(2).isEmpty() ? "1" : written.group(2);
        return RateLimit.of(Integer.parseInt(written.group(1)), Durations.parse(count + written.group(3)));
    }
}
