package io.penstock.auth.broker;

import java.time.Duration;
import java.util.Optional;

/**
 * When a token is to be renewed and when it is over, in ns of the timer.
 *
 * @param renewAt from here on one renewal runs beside the requests
 * @param overAt from here on requests wait for it
 */
record Validity(long renewAt, long overAt) {

    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FOREVER = Duration.ofDays(3650);
    private static final double SPREAD = 0.2;

    /** Good until it is refused. */
    private static final Validity UNTIL_REFUSED = new Validity(Long.MAX_VALUE, Long.MAX_VALUE);

    /**
     * The validity of a token.
     *
     * @param from when the time began to run: before the token was asked for
     * @param lifetime how long it is good
     * @param part 0 to 1, drawn once for each process, so that not all of them renew at the same moment
     */
    static Validity of(long from, Optional<Duration> lifetime, double part) {
        return lifetime.map(life -> of(from, life, part)).orElse(UNTIL_REFUSED);
    }

    private static Validity of(long from, Duration lifetime, double part) {
        long life = min(lifetime, FOREVER).toNanos();
        long skew = skew(life);
        long early = skew - Math.round(SPREAD * skew * part);
        return new Validity(from + life - early, from + life);
    }

    /** A tenth of the lifetime, 30 s to 300 s, but never more than half of it: else it would be renewed as soon as it is there. */
    private static long skew(long life) {
        long tenth = Math.max(SHORTEST.toNanos(), Math.min(LONGEST.toNanos(), life / 10));
        return Math.min(tenth, life / 2);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    boolean due(long now) {
        return now >= renewAt;
    }

    boolean over(long now) {
        return now >= overAt;
    }
}
