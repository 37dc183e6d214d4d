package io.penstock.rate;

import io.penstock.message.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What response headers say of the quota: the IETF draft's {@code RateLimit} field and the three fields most APIs send.
 * Junk is ignored, never an error.
 */
public final class RateHeaders {

    /**
     * What is left.
     *
     * @param remaining requests until the reset
     * @param reset how long until there are more
     */
    public record Hint(long remaining, Duration reset) {}

    private static final Pattern MEMBER = Pattern.compile("r=(\\d{1,15})\\s*;\\s*t=(\\d{1,12})(?![.\\d])");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,9})?");
    private static final List<String> FAMILIES = List.of("X-RateLimit-", "X-Rate-Limit-", "RateLimit-");
    private static final double EPOCH_MILLIS = 1e12;
    private static final double EPOCH_SECONDS = 1e9;

    private RateHeaders() {}

    /** The strictest hint that {@code headers} give; empty without one. */
    public static Optional<Hint> parse(Headers headers, Instant now) {
        Optional<Hint> strictest = Optional.empty();
        for (String line : headers.all("RateLimit")) {
            Matcher member = MEMBER.matcher(line);
            while (member.find()) {
                strictest = stricter(
                        strictest,
                        new Hint(Long.parseLong(member.group(1)), Duration.ofSeconds(Long.parseLong(member.group(2)))));
            }
        }
        for (String family : FAMILIES) {
            Optional<Hint> trio = trio(headers, family, now);
            if (trio.isPresent()) {
                strictest = stricter(strictest, trio.get());
            }
        }
        return strictest;
    }

    private static Optional<Hint> stricter(Optional<Hint> known, Hint other) {
        return known.filter(hint -> hint.remaining() <= other.remaining()).or(() -> Optional.of(other));
    }

    private static Optional<Hint> trio(Headers headers, String family, Instant now) {
        Optional<String> remaining =
                headers.first(family + "Remaining").map(String::trim).filter(RateHeaders::number);
        Optional<String> reset =
                headers.first(family + "Reset").map(String::trim).filter(RateHeaders::number);
        if (remaining.isEmpty() || reset.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Hint((long) Double.parseDouble(remaining.get()), delay(Double.parseDouble(reset.get()), now)));
    }

    private static boolean number(String text) {
        return NUMBER.matcher(text).matches();
    }

    private static Duration delay(double reset, Instant now) {
        double seconds = reset >= EPOCH_MILLIS
                ? reset / 1000 - now.toEpochMilli() / 1000.0
                : reset >= EPOCH_SECONDS ? reset - now.toEpochMilli() / 1000.0 : reset;
        return Duration.ofMillis((long) (Math.max(0, Math.min(seconds, 900)) * 1000));
    }
}
