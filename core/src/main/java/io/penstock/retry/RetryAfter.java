package io.penstock.retry;

import io.penstock.message.HttpDates;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a {@code Retry-After} field asks for (RFC 9110, section 10.2.3), in every form seen in the wild. */
public final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,10}");
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,10}\\.\\d{1,9}");

    private RetryAfter() {}

    /**
     * The longest valid wait of all field lines; empty if there is none that asks for more than nothing.
     *
     * @param lines the field's lines
     * @param date the {@code Date} of the same answer: a date to wait for is measured against the server's own clock
     * @param now wall clock, where the answer has no date
     */
    public static Optional<Duration> parse(List<String> lines, Optional<String> date, Instant now) {
        return lines.stream()
                .flatMap(line -> one(line.trim(), date, now).stream())
                .filter(wait -> wait.compareTo(Duration.ZERO) > 0)
                .max(Duration::compareTo);
    }

    private static Optional<Duration> one(String text, Optional<String> date, Instant now) {
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        if (DECIMAL.matcher(text).matches()) {
            return Optional.of(Duration.ofMillis(new BigDecimal(text)
                    .movePointRight(3)
                    .setScale(0, RoundingMode.CEILING)
                    .longValueExact()));
        }
        Instant from = date.flatMap(stamp -> HttpDates.parse(stamp, now)).orElse(now);
        return HttpDates.parse(text, now).map(until -> Duration.between(from, until));
    }
}
