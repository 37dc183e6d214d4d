package io.penstock.rate.hint;

import io.penstock.message.Headers;
import io.penstock.rate.hint.RateHeaders.Hint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Families that have words of their own.
 *
 * <p>GitHub, GitLab, Atlassian, X, OpenAI, Discord and Reddit say it in some form of the three usual fields and are read as a
 * {@link Trio}.
 */
final class Vendors {

    /** A shop's bucket leaks a twentieth of its size each second: 2/s of 40, 4/s of 80. */
    private static final int SECONDS_TO_LEAK = 20;

    private static final Pattern SHOPIFY = Pattern.compile("(\\d{1,9})/(\\d{1,9})");
    private static final Pattern SALESFORCE =
            Pattern.compile("(?:.*[,;\\s])?api-usage=(\\d{1,12})/(\\d{1,12})(?:[,;\\s].*)?");
    private static final Pattern WHOLE = Pattern.compile("(\\d{1,15})");

    private Vendors() {}

    /** {@code X-Shopify-Shop-Api-Call-Limit: 32/40}: a leaky bucket, 8 more before it has leaked again. */
    static List<Hint> shopify(Headers headers) {
        return headers.first("X-Shopify-Shop-Api-Call-Limit")
                .map(text -> SHOPIFY.matcher(text.trim()))
                .filter(Matcher::matches)
                .map(bucket -> {
                    long size = Long.parseLong(bucket.group(2));
                    long left = Math.max(0, size - Long.parseLong(bucket.group(1)));
                    long perSecond = Math.max(1, size / SECONDS_TO_LEAK);
                    return List.of(new Hint(left, Duration.ofMillis(left == 0 ? 1000 / perSecond + 1 : 1000), size));
                })
                .orElse(List.of());
    }

    /** A window of some seconds, whose length is told, and a day, whose end is not. */
    static List<Hint> hubSpot(Headers headers) {
        List<Hint> hints = new ArrayList<>(2);
        Optional<Long> interval = whole(headers, "X-HubSpot-RateLimit-Interval-Milliseconds");
        whole(headers, "X-HubSpot-RateLimit-Remaining")
                .flatMap(left -> interval.map(millis -> new Hint(
                        left,
                        ResetTime.clamp(Duration.ofMillis(millis)),
                        whole(headers, "X-HubSpot-RateLimit-Max").orElse(0L))))
                .ifPresent(hints::add);
        whole(headers, "X-HubSpot-RateLimit-Daily-Remaining")
                .map(left -> new Hint(left, ResetTime.LONGEST, 0))
                .ifPresent(hints::add);
        return hints;
    }

    /** {@code Sforce-Limit-Info: api-usage=18/5000}: a day, whose end is not told. */
    static List<Hint> salesforce(Headers headers) {
        return headers.first("Sforce-Limit-Info")
                .filter(text -> text.length() < 500)
                .map(text -> SALESFORCE.matcher(text.trim()))
                .filter(Matcher::matches)
                .map(day -> Long.parseLong(day.group(2)) - Long.parseLong(day.group(1)))
                .map(left -> List.of(new Hint(Math.max(0, left), ResetTime.LONGEST, 0)))
                .orElse(List.of());
    }

    private static Optional<Long> whole(Headers headers, String name) {
        return headers.first(name).flatMap(text -> Trio.number(WHOLE, text));
    }
}
