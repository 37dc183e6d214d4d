package io.penstock.rate;

import io.penstock.config.Durations;
import io.penstock.config.Type;
import io.penstock.config.Types;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests may be sent in any window of a length.
 *
 * @param permits at least 1
 * @param window longer than zero, at most 366 days
 * @param burst how many may go at once when they are spaced; empty for an exact window, where all may
 */
public record RateLimit(int permits, Duration window, Optional<Integer> burst) {

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Pattern WRITTEN =
            Pattern.compile("(\\d{1,9})\\s*(?:/|\\bper\\b)\\s*(\\d{0,9})\\s*([a-z]{1,7})");
    private static final Map<String, String> WORDS = Map.of(
            "second", "s", "seconds", "s", "minute", "m", "minutes", "m", "hour", "h", "hours", "h", "day", "d", "days",
            "d");
    private static final List<String> UNITS = List.of("ms", "s", "m", "h", "d");

    /**
     * Judges the numbers.
     *
     * @throws IllegalArgumentException if {@code permits} is below 1, {@code window} not positive or above 366 days, or
     *     {@code burst} not between 1 and {@code permits}
     */
    public RateLimit {
        if (permits < 1 || window.isZero() || window.isNegative() || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a limit is at least 1 request in a time longer than zero and of at most "
                            + "366 days, such as 100/s or 5000/h, but was " + permits + " in " + window);
        }
        int allowed = permits;
        burst.ifPresent(size -> {
            if (size < 1 || size > allowed) {
                throw new IllegalArgumentException("a burst is between 1 and " + allowed + ", but was " + size);
            }
        });
    }

    /** At most {@code permits} in any window of this length, in any pattern. */
    public static RateLimit of(int permits, Duration window) {
        return new RateLimit(permits, window, Optional.empty());
    }

    /** The kind of a setting that is a limit, written as {@link #parse} reads it. */
    public static Type<RateLimit> type() {
        return Types.parsed("limit such as 100/s or 5000/h", RateLimit::parse);
    }

    /**
     * Reads a limit as people write it: {@code 100/s}, {@code 1000/m}, {@code 300/15m}, {@code 1/500ms}, {@code 100 per
     * minute}.
     *
     * @throws IllegalArgumentException saying how limits are written
     */
    public static RateLimit parse(String text) {
        Matcher written = WRITTEN.matcher(text.trim());
        if (!written.matches() || !UNITS.contains(unit(written.group(3)))) {
            throw new IllegalArgumentException(
                    "expected a limit such as 20/s, 1000/m, 5000/h, 300/15m or 1/500ms, found '" + text + "'");
        }
        String count = written.group(2).isEmpty() ? "1" : written.group(2);
        return of(Integer.parseInt(written.group(1)), Durations.parse(count + unit(written.group(3))));
    }

    private static String unit(String written) {
        return WORDS.getOrDefault(written, written);
    }

    /** This limit spaced evenly, with at most {@code size} at once. */
    public RateLimit burst(int size) {
        return new RateLimit(permits, window, Optional.of(size));
    }

    /**
     * The part of this limit that one of several processes may spend.
     *
     * @param part more than 0, at most 1
     * @throws IllegalArgumentException if nothing would be left
     */
    public RateLimit share(double part) {
        if (!(part > 0 && part <= 1)) {
            throw new IllegalArgumentException("a share is more than 0 and at most 1, but was " + part);
        }
        int left = BigDecimal.valueOf(part)
                .multiply(BigDecimal.valueOf(permits))
                .setScale(0, RoundingMode.FLOOR)
                .intValueExact();
        if (left == 0) {
            throw new IllegalArgumentException(
                    "a share of " + part + " of " + this + " leaves nothing: widen the window or the share");
        }
        int most = left;
        return new RateLimit(left, window, burst.map(size -> Math.min(size, most)));
    }

    /** As it is written, such as {@code 100/s} or {@code 300/15m}; a burst stands behind it. */
    @Override
    public String toString() {
        return permits + "/" + writtenWindow()
                + burst.map(size -> " at most " + size + " at once").orElse("");
    }

    private String writtenWindow() {
        for (int i = UNITS.size() - 1; i >= 0; i--) {
            long one = Durations.parse("1" + UNITS.get(i)).toNanos();
            if (window.toNanos() % one == 0) {
                long count = window.toNanos() / one;
                return (count == 1 ? "" : count) + UNITS.get(i);
            }
        }
        return window.toString();
    }
}
