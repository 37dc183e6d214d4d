package io.penstock.checks.simulation;

import io.penstock.rate.RateLimit;
import io.penstock.sink.CommitCadence;
import io.penstock.sink.WriteMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What is run: the streams of a plan, how they are paged and written, and what the API may be asked.
 *
 * @param modes the streams that are read, and how they are written
 * @param pageSize records a page
 * @param readAhead pages of {@code orders} that are read side by side; 0 for as many as the limits let through, and for pages with
 *     cursors asked for as soon as their cursor has been seen
 * @param schemas whether the plan has them; else first pages are sampled
 * @param limits that hold together
 * @param concurrency requests and slices at once
 * @param held bytes that pages may hold
 * @param cadence when commits are due
 */
record Scenario(
        Map<String, WriteMode> modes,
        int pageSize,
        int readAhead,
        boolean schemas,
        List<RateLimit> limits,
        int concurrency,
        long held,
        CommitCadence cadence) {

    private static final String SCHEMA = ", schema: { type: object, properties: { id: { type: string } } }";
    private static final CommitCadence SMALL = new CommitCadence(6, 1 << 20, Duration.ofSeconds(1));

    /** Events by cursor, in the order of their times, appended: resumed from the last record. */
    static Scenario appended() {
        return fixed(Map.of("events", WriteMode.APPEND), 1);
    }

    /** As {@link #appended}, each page asked for while the one before is still coming. */
    static Scenario peeked() {
        return fixed(Map.of("events", WriteMode.APPEND), 0);
    }

    /** Orders by offset, in no order of time, kept by key: what has changed only, several pages at once. */
    static Scenario upserted() {
        return fixed(Map.of("orders", WriteMode.UPSERT), 2);
    }

    /** Slices of numbered pages and children of parents, both read whole and replaced. */
    static Scenario replaced() {
        Map<String, WriteMode> modes = new LinkedHashMap<>();
        modes.put("parts", WriteMode.REPLACE);
        modes.put("members", WriteMode.REPLACE);
        return fixed(modes, 1);
    }

    private static Scenario fixed(Map<String, WriteMode> modes, int readAhead) {
        List<RateLimit> limits = List.of(RateLimit.parse("20/s"), RateLimit.parse("50000/h"));
        return new Scenario(modes, 4, readAhead, true, limits, 3, 1 << 20, SMALL);
    }

    /** One that follows from {@code dice}. */
    static Scenario of(SplittableRandom dice) {
        Map<String, WriteMode> modes = new LinkedHashMap<>();
        pick(modes, dice, "events", WriteMode.APPEND, WriteMode.APPEND, WriteMode.REPLACE);
        pick(modes, dice, "orders", WriteMode.UPSERT, WriteMode.UPSERT, WriteMode.APPEND, WriteMode.REPLACE);
        pick(modes, dice, "parts", WriteMode.REPLACE, WriteMode.UPSERT);
        pick(modes, dice, "members", WriteMode.REPLACE, WriteMode.UPSERT);
        if (modes.isEmpty()) {
            modes.put("events", WriteMode.APPEND);
        }
        List<RateLimit> limits = new ArrayList<>();
        if (dice.nextInt(3) > 0) {
            limits.add(RateLimit.of(1 + dice.nextInt(30), Duration.ofMillis(200 + dice.nextInt(4_000))));
        }
        if (dice.nextInt(3) == 0) {
            limits.add(RateLimit.of(20 + dice.nextInt(200), Duration.ofSeconds(10)));
        }
        if (dice.nextInt(3) == 0) {
            limits.add(RateLimit.parse("50000/h"));
        }
        return new Scenario(
                modes,
                1 + dice.nextInt(8),
                dice.nextBoolean() ? 1 : dice.nextInt(6),
                dice.nextInt(3) > 0,
                limits,
                1 + dice.nextInt(6),
                dice.nextInt(3) == 0 ? dice.nextInt(2_000) : 1 << 24,
                new CommitCadence(
                        1 + dice.nextInt(40), 200 + dice.nextInt(20_000), Duration.ofMillis(1 + dice.nextInt(20_000))));
    }

    private static void pick(Map<String, WriteMode> modes, SplittableRandom dice, String stream, WriteMode... offered) {
        if (dice.nextInt(5) > 1) {
            modes.put(stream, offered[dice.nextInt(offered.length)]);
        }
    }

    /** Whether records of a stream may be changed where they stand: an append would keep both versions. */
    boolean mayChange() {
        return modes.get("orders") == WriteMode.UPSERT;
    }

    /** The plan. */
    String plan() {
        String limit = ", params: { limit: \"" + pageSize + "\" }, records: /items" + (schemas ? SCHEMA : "");
        String cursor =
                ", paging: { cursor: { at: /next, param: cursor } }" + (readAhead == 0 ? ", read_ahead: auto" : "");
        return String.join(
                "\n",
                "connections:",
                "  shop:",
                "    source:",
                "      connector: rest",
                "      base_url: https://api.test",
                "      streams:",
                "        events: { path: /events, incremental: { field: at, param: since, ordered: true }" + cursor
                        + limit + " }",
                "        orders: { path: /orders, key: id, incremental: { field: at, param: since }, read_ahead: "
                        + ahead()
                        + ", paging: { offset: { param: offset, limit_param: limit, size: " + pageSize
                        + " } }, records: /items"
                        + (schemas ? SCHEMA : "") + " }",
                "        parts: { path: \"/parts/{part}\", key: id, slices: { part: [a, b, c] }"
                        + ", paging: { page: { param: page, has_next: /has_next } }" + limit + " }",
                "        groups: { path: /groups, key: id" + cursor + limit + " }",
                "        members: { path: \"/groups/{group}/members\", key: id, parent: { stream: groups, group: /id }"
                        + cursor + limit + " }",
                "    limits: { requests: ["
                        + limits.stream().map(RateLimit::toString).collect(Collectors.joining(", "))
                        + "], concurrency: " + concurrency + " }",
                "    streams: [" + streams() + "]",
                "    sink: { connector: model }");
    }

    private String ahead() {
        return readAhead == 0 ? "auto" : Integer.toString(readAhead);
    }

    private String streams() {
        return modes.entrySet().stream()
                .map(mode -> "{ name: " + mode.getKey() + ", mode: "
                        + mode.getValue().name().toLowerCase(Locale.ROOT) + " }")
                .collect(Collectors.joining(", "));
    }
}
