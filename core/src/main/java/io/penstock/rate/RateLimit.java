package io.penstock.rate;

import io.penstock.config.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests may be sent in any window of a length.
 *
 * @param permits at least 1
 * @param window longer than zero
 * @param burst how many may go at once when they are spaced; empty for an exact window, where all may
 */
public record RateLimit(int permits, Duration window, Optional<Integer> burst) {

    /**
     * Judges the numbers.
     *
     * @throws IllegalArgumentException if {@code permits} is below 1, {@code window} not positive, or {@code burst} not between
     *     1 and {@code permits}
     */
    public RateLimit {
        if (permits < 1 || window.isZero() || window.isNegative()) {
            throw new IllegalArgumentException(
                    "a limit is at least 1 request in a time longer than zero, such as 100/s");
        }
        int allowed = permits;
        burst.ifPresent(size -> {
            if (size < 1 || size > allowed) {
                throw new IllegalArgumentException("a burst is between 1 and " + allowed + ", but was " + size);
            }
        });
    }

    @Override
    public String toString() {
        return permits + "/" + window.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    /** At most {@code permits} in any window of this length, in any pattern. */
    public static RateLimit of(int permits, Duration window) {
        return new RateLimit(permits, window, Optional.empty());
    }

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})\\s*/\\s*(\\d{0,9}\\s*(?:ms|s|m|h|d))");

    /**
     * Reads a limit as people write it: {@code 100/s}, {@code 1000/m}, {@code 5000/h}, {@code 300/15m}.
     *
     * @throws IllegalArgumentException saying how limits are written
     */
    public static RateLimit parse(String text) {
        Matcher written = WRITTEN.matcher(text.trim());
        if (!written.matches()) {
            throw new IllegalArgumentException(
                    "expected a limit such as 20/s, 1000/m, 5000/h or 300/15m, found '" + text + "'");
        }
        String window = written.group(2);
        return of(
                Integer.parseInt(written.group(1)),
                Durations.parse(Character.isDigit(window.charAt(0)) ? window : "1" + window));
    }

    /** This limit spaced evenly, with at most {@code size} at once. */
    public RateLimit burst(int size) {
        return new RateLimit(permits, window, Optional.of(size));
    }
}
