package io.penstock.rate;

import io.penstock.message.Headers;
import io.penstock.message.HttpDates;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What response headers say of the quota: the IETF draft's {@code RateLimit} field, old and new, and the three fields
 * {@code X-RateLimit-Limit}, {@code -Remaining}, {@code -Reset} that most APIs send. Junk is ignored, never an error.
 */
public final class RateHeaders {

    /**
     * What is left.
     *
     * @param remaining requests until the reset
     * @param reset how long until there are more, at most 15 minutes
     * @param quota how many there are from reset to reset; 0 if the server does not say
     */
    public record Hint(long remaining, Duration reset, long quota) {}

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,15})(?:\\.\\d{1,9})?");
    private static final Pattern LEADING = Pattern.compile("(\\d{1,15})(?:[.,;\\s].*)?");
    private static final String[][] FAMILIES = {
        {"X-RateLimit-", ""}, {"X-Rate-Limit-", ""}, {"RateLimit-", ""}, {"X-RateLimit-", "-Requests"}
    };

    private RateHeaders() {}

    /**
     * All that {@code headers} tell, one hint for each window the server counts; all of them hold.
     *
     * @param now wall clock, where the answer has no {@code Date}: the server's times are measured against its own clock
     */
    public static List<Hint> parse(Headers headers, Instant now) {
        List<Hint> hints = new ArrayList<>(1);
        List<String> fields = headers.all("RateLimit");
        if (!fields.isEmpty()) {
            for (QuotaFields.Left left : QuotaFields.parse(fields, headers.all("RateLimit-Policy"))) {
                left.seconds()
                        .ifPresent(seconds -> hints.add(new Hint(left.remaining(), ofSeconds(seconds), left.quota())));
            }
        }
        Supplier<Instant> server = () -> headers.first("Date")
                .flatMap(date -> HttpDates.parse(date, now))
                .orElse(now);
        for (String[] family : FAMILIES) {
            trio(headers, family[0], family[1], server).ifPresent(hints::add);
        }
        return hints;
    }

    private static Duration ofSeconds(long seconds) {
        return Duration.ofSeconds(Math.min(seconds, ResetTime.LONGEST.toSeconds()));
    }

    private static Optional<Hint> trio(Headers headers, String before, String after, Supplier<Instant> server) {
        Optional<Long> remaining = headers.first(before + "Remaining" + after).flatMap(text -> number(NUMBER, text));
        if (remaining.isEmpty()) {
            return Optional.empty();
        }
        long quota = headers.first(before + "Limit" + after)
                .flatMap(text -> number(LEADING, text))
                .orElse(0L);
        return headers.first(before + "Reset" + after)
                .flatMap(text -> ResetTime.delay(text, server))
                .map(reset -> new Hint(remaining.get(), reset, quota));
    }

    private static Optional<Long> number(Pattern form, String text) {
        Matcher number = form.matcher(text.trim());
        return number.matches() ? Optional.of(Long.parseLong(number.group(1))) : Optional.empty();
    }
}
