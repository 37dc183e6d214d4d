package io.penstock.rate.hint;

import io.penstock.message.HttpDates;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads when a quota resets, in every form seen in the wild: a delay, an epoch, a duration, a date. */
final class ResetTime {

    /** A longer reset is not believed: the next answer tells it again. */
    static final Duration LONGEST = Duration.ofMinutes(15);

    private static final int LONGEST_TEXT = 40;
    private static final double EPOCH_MILLIS = 1e12;
    private static final double EPOCH_SECONDS = 1e9;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,9})?");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(\\.\\d{1,9})?(ms|s|m|h|d))+");
    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|d)");

    private ResetTime() {}

    /**
     * How long until the reset, between nothing and {@link #LONGEST}; empty if the text tells nothing.
     *
     * @param server the server's clock, asked for an epoch or a date only
     */
    static Optional<Duration> delay(String text, Supplier<Instant> server) {
        String value = text.trim();
        if (value.isEmpty() || value.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        if (NUMBER.matcher(value).matches()) {
            return Optional.of(clamp(number(Double.parseDouble(value), server)));
        }
        if (DURATION.matcher(value).matches()) {
            return Optional.of(clamp(sum(value)));
        }
        return date(value, server).map(until -> clamp(Duration.between(server.get(), until)));
    }

    /** As {@link #delay(String, Supplier)}, in a form that is known. */
    static Optional<Duration> delay(String text, ResetFormat format, Supplier<Instant> server) {
        if (format == ResetFormat.DETECTED) {
            return delay(text, server);
        }
        String value = text.trim();
        if (!NUMBER.matcher(value).matches()) {
            return Optional.empty();
        }
        double number = Double.parseDouble(value);
        boolean seconds = format == ResetFormat.SECONDS || format == ResetFormat.EPOCH_SECONDS;
        Duration told = Duration.ofMillis(Math.round(seconds ? number * 1000 : number));
        boolean epoch = format == ResetFormat.EPOCH_SECONDS || format == ResetFormat.EPOCH_MILLISECONDS;
        return Optional.of(clamp(epoch ? Duration.between(server.get(), Instant.EPOCH.plus(told)) : told));
    }

    private static Duration number(double value, Supplier<Instant> server) {
        if (value >= EPOCH_MILLIS) {
            return Duration.between(server.get(), Instant.ofEpochMilli((long) value));
        }
        Duration seconds = Duration.ofMillis(Math.round(value * 1000));
        return value >= EPOCH_SECONDS ? Duration.between(server.get(), Instant.EPOCH.plus(seconds)) : seconds;
    }

    private static Duration sum(String text) {
        double millis = 0;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            millis += Double.parseDouble(part.group(1))
                    * switch (part.group(2)) {
                        case "ms" -> 1;
                        case "s" -> 1_000;
                        case "m" -> 60_000;
                        case "h" -> 3_600_000;
                        default -> 86_400_000;
                    };
        }
        return Duration.ofMillis(Math.round(millis));
    }

    private static Optional<Instant> date(String text, Supplier<Instant> server) {
        if (text.length() > 10 && text.charAt(10) == 'T') {
            try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException notIso) {
                return Optional.empty();
            }
        }
        return HttpDates.parse(text, server.get());
    }

    static Duration clamp(Duration delay) {
        return delay.isNegative() ? Duration.ZERO : delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }
}
