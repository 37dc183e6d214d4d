package io.penstock.rate.hint;

import io.penstock.message.Headers;
import io.penstock.message.HttpDates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What response headers say of the quota. Junk is ignored, never an error. Immutable.
 *
 * <p>{@link #standard} knows the IETF draft's {@code RateLimit} field, old and new, the three fields {@code X-RateLimit-Limit},
 * {@code -Remaining}, {@code -Reset} in their spellings, and the fields of Shopify, HubSpot and Salesforce. What an API says in
 * other words is named by {@link #fields}.
 */
public final class RateHeaders {

    /**
     * What is left.
     *
     * @param remaining requests until the reset
     * @param reset how long until there are more, at most 15 minutes: a longer time is told again by the next answer
     * @param quota how many there are from reset to reset; 0 if the server does not say
     */
    public record Hint(long remaining, Duration reset, long quota) {}

    /** A family of fields by which APIs tell their quota. */
    @SuppressWarnings("ImmutableEnumChecker") // what it holds is never changed
    public enum Family {
        /** The IETF draft's {@code RateLimit} and {@code RateLimit-Policy}. */
        DRAFT(RateHeaders::draft),
        /** {@code X-RateLimit-Limit}, {@code -Remaining}, {@code -Reset}: GitHub, GitLab, Discord, Reddit and most others. */
        X_RATELIMIT(Trio.of("X-RateLimit-")),
        /** The same with {@code X-Rate-Limit-}: X. */
        X_RATE_LIMIT(Trio.of("X-Rate-Limit-")),
        /** The same with {@code RateLimit-}. */
        RATELIMIT(Trio.of("RateLimit-")),
        /** {@code X-RateLimit-Remaining-Requests} and the like: OpenAI. */
        REQUESTS(Trio.ofUnit("Requests", true)),
        /** {@code X-RateLimit-Remaining-Tokens}, of which only an empty quota counts: OpenAI. */
        TOKENS(Trio.ofUnit("Tokens", false)),
        /** {@code X-Shopify-Shop-Api-Call-Limit}. */
        SHOPIFY(Vendors::shopify),
        /** {@code X-HubSpot-RateLimit-Remaining} and its like. */
        HUBSPOT(Vendors::hubSpot),
        /** {@code Sforce-Limit-Info}. */
        SALESFORCE(Vendors::salesforce);

        private final HeaderFamily fields;

        Family(HeaderFamily fields) {
            this.fields = fields;
        }

        Family(Function<Headers, List<Hint>> fields) {
            this.fields = (headers, server) -> fields.apply(headers);
        }
    }

    private static final RateHeaders STANDARD = of(EnumSet.allOf(Family.class));
    private static final RateHeaders NONE = new RateHeaders(List.of(), "");

    private final List<HeaderFamily> families;
    private final String word;

    /** @param word stands in a name of every family: most answers have no such name, and are done with then */
    private RateHeaders(List<HeaderFamily> families, String word) {
        this.families = List.copyOf(families);
        this.word = word;
    }

    /** All families that are known; they do not clash. */
    public static RateHeaders standard() {
        return STANDARD;
    }

    /** Believes no header, for an API whose headers are wrong. */
    public static RateHeaders none() {
        return NONE;
    }

    /**
     * These fields and no others, for an API that names or writes them in its own way.
     *
     * @param remaining the field that tells how many requests are left
     * @param limit the field that tells how many there are in all; may be missing from answers
     * @param reset the field that tells when there are more
     * @param format how {@code reset} is written
     */
    public static RateHeaders fields(String remaining, String limit, String reset, ResetFormat format) {
        return new RateHeaders(List.of(new Trio(remaining, limit, List.of(reset), format, true)), "");
    }

    /** These families alone, for an API that sends others which are wrong. */
    public static RateHeaders of(Set<Family> families) {
        return new RateHeaders(
                families.stream().sorted().map(family -> family.fields).toList(), "limit");
    }

    /**
     * All that {@code headers} tell, one hint for each window the server counts; all of them hold.
     *
     * @param now wall clock, where the answer has no {@code Date}: the server's times are measured against its own clock
     */
    public List<Hint> read(Headers headers, Instant now) {
        if (families.isEmpty() || !headers.hasNameWith(word)) {
            return List.of();
        }
        List<Hint> hints = new ArrayList<>(1);
        Supplier<Instant> server = () -> headers.first("Date")
                .flatMap(date -> HttpDates.parse(date, now))
                .orElse(now);
        for (HeaderFamily family : families) {
            hints.addAll(family.read(headers, server));
        }
        return hints;
    }

    private static List<Hint> draft(Headers headers) {
        List<String> fields = headers.all("RateLimit");
        if (fields.isEmpty()) {
            return List.of();
        }
        List<Hint> hints = new ArrayList<>(1);
        for (QuotaFields.Left left : QuotaFields.parse(fields, headers.all("RateLimit-Policy"))) {
            left.seconds()
                    .ifPresent(seconds -> hints.add(new Hint(left.remaining(), ofSeconds(seconds), left.quota())));
        }
        return hints;
    }

    private static Duration ofSeconds(long seconds) {
        return Duration.ofSeconds(Math.min(seconds, ResetTime.LONGEST.toSeconds()));
    }
}
