package io.penstock.rate.hint;

import io.penstock.message.Headers;
import io.penstock.rate.hint.RateHeaders.Hint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The three fields that most APIs send: how many are left, out of how many, until when.
 *
 * @param remaining name of the field that tells how many are left
 * @param limit name of the field that tells how many there are in all
 * @param resets names of the fields that tell when there are more; the first that can be read counts
 * @param format how those are written
 * @param requests whether requests are counted. Of another unit (tokens) only the end matters: nobody knows how much of it the
 *     next request takes
 */
record Trio(String remaining, String limit, List<String> resets, ResetFormat format, boolean requests)
        implements HeaderFamily {

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,15})(?:\\.\\d{1,9})?");
    private static final Pattern LEADING = Pattern.compile("(\\d{1,15})(?:[.,;\\s].*)?");

    /** {@code prefix} with {@code Remaining}, {@code Limit} and the usual spellings of {@code Reset}. */
    static Trio of(String prefix) {
        return new Trio(
                prefix + "Remaining",
                prefix + "Limit",
                List.of(prefix + "Reset-After", prefix + "Reset", prefix + "ResetTime", prefix + "Interval-Seconds"),
                ResetFormat.DETECTED,
                true);
    }

    /** As the OpenAI family names them: {@code x-ratelimit-remaining-tokens}. */
    static Trio ofUnit(String unit, boolean requests) {
        return new Trio(
                "X-RateLimit-Remaining-" + unit,
                "X-RateLimit-Limit-" + unit,
                List.of("X-RateLimit-Reset-" + unit),
                ResetFormat.DETECTED,
                requests);
    }

    @Override
    public List<Hint> read(Headers headers, Supplier<Instant> server) {
        Optional<Long> left = headers.first(remaining).flatMap(text -> number(NUMBER, text));
        if (left.isEmpty() || (!requests && left.get() > 0)) {
            return List.of();
        }
        long quota = requests
                ? headers.first(limit).flatMap(text -> number(LEADING, text)).orElse(0L)
                : 0;
        return reset(headers, server)
                .map(reset -> new Hint(left.get(), reset, quota))
                .map(List::of)
                .orElse(List.of());
    }

    private Optional<Duration> reset(Headers headers, Supplier<Instant> server) {
        return resets.stream()
                .flatMap(name -> headers.first(name).stream())
                .flatMap(text -> ResetTime.delay(text, format, server).stream())
                .findFirst();
    }

    static Optional<Long> number(Pattern form, String text) {
        Matcher number = form.matcher(text.trim());
        return number.matches() ? Optional.of(Long.parseLong(number.group(1))) : Optional.empty();
    }
}
