package io.penstock.rate;

import java.time.Duration;
import java.util.Optional;

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

    /** At most {@code permits} in any window of this length, in any pattern. */
    public static RateLimit of(int permits, Duration window) {
        return new RateLimit(permits, window, Optional.empty());
    }

    /** This limit spaced evenly, with at most {@code size} at once. */
    public RateLimit burst(int size) {
        return new RateLimit(permits, window, Optional.of(size));
    }
}
