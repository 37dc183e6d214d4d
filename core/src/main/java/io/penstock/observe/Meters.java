package io.penstock.observe;

import java.util.List;

/**
 * Every meter there is: its name, what it counts and by what it is divided. Tags are few and their values are names from the plan,
 * never addresses or ids.
 */
@SuppressWarnings("ImmutableEnumChecker") // what it holds is never changed
public enum Meters {
    /** Records that came from the source, committed or not. */
    RECORDS("penstock.records", "records that came from the source", Tags.STREAM),
    /** Bytes of those records. */
    BYTES("penstock.bytes", "bytes of those records", Tags.STREAM),
    /** Records made durable. */
    COMMITTED("penstock.committed", "records made durable", Tags.STREAM),
    /** Tries sent, repeats included. */
    REQUESTS("penstock.requests", "tries sent, repeats included", Tags.STREAM),
    /** Repeats among them, by {@link RetryCause}. */
    RETRIES("penstock.retries", "repeats among them, by cause", List.of("connection", "stream", "cause")),
    /** Seams between pages at which the list had moved. */
    PAGE_DRIFT("penstock.page.drift", "seams between numbered pages at which the list had moved", Tags.STREAM),
    /** Halves of surrogate pairs replaced by U+FFFD. */
    TEXT_REPAIRS("penstock.text.repairs", "halves of surrogate pairs replaced by U+FFFD", Tags.STREAM),
    /** Records that did not go the straight way, by {@code filtered}, {@code skipped}, {@code dead_letter}, {@code warned}. */
    SIFTED(
            "penstock.records.sifted",
            "records left out or kept elsewhere, by filtered, skipped, dead_letter or warned",
            List.of("connection", "stream", "outcome")),
    /** Parents that had no value to read their children by. */
    SKIPPED_PARENTS("penstock.parents.skipped", "parents without the value to read their children by", Tags.STREAM),
    /** Seconds that lanes spent, by what they waited for. */
    WAITS(
            "penstock.waits",
            "seconds that lanes spent, by what they waited for",
            List.of("connection", "stream", "reason")),
    /** Answers a cache gave or asked for, by {@code hit}, {@code confirmed}, {@code miss}, {@code shared}. */
    CACHE("penstock.cache.answers", "answers, by hit, confirmed, miss or shared", List.of("connection", "outcome")),
    /** The part of the fullest limit of a budget that is used, from 0 to 1. */
    BUDGET_UTILISATION("penstock.budget.utilisation", "used part of the fullest limit, 0 to 1", Tags.BUDGET),
    /** What was spent of a budget. */
    BUDGET_GRANTED("penstock.budget.granted", "what was spent since the start", Tags.BUDGET),
    /** Requests that wait for a budget. */
    BUDGET_WAITING("penstock.budget.waiting", "requests that wait", Tags.BUDGET),
    /** Requests under way. */
    BUDGET_IN_FLIGHT("penstock.budget.inflight", "requests under way", Tags.BUDGET),
    /** Requests that may be under way at once, learned or set. */
    BUDGET_SLOTS("penstock.budget.slots", "requests that may be under way at once", Tags.BUDGET),
    /** Seconds until the next request may pass; 0 if it may at once. */
    BUDGET_LIMITED("penstock.budget.limited", "seconds until the next request may pass", Tags.BUDGET),
    /** Tokens that are left for repeats; a repeat costs 14, after a throttle 5. */
    RETRY_TOKENS("penstock.retry.tokens", "tokens left for repeats, of 500", Tags.BUDGET),
    /** Repeats that wait for such tokens. */
    RETRY_WAITING("penstock.retry.waiting", "repeats that wait for tokens", Tags.BUDGET);

    /** What several are divided by. */
    private static final class Tags {
        static final List<String> STREAM = List.of("connection", "stream");
        static final List<String> BUDGET = List.of("budget");
    }

    private final String label;
    private final String description;
    private final List<String> tags;

    Meters(String label, String description, List<String> tags) {
        this.label = label;
        this.description = description;
        this.tags = tags;
    }

    /** What it is called. */
    public String label() {
        return label;
    }

    /** What it counts. */
    public String description() {
        return description;
    }

    /** What it is divided by. */
    public List<String> tags() {
        return tags;
    }
}
