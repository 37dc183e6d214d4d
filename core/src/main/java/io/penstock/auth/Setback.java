package io.penstock.auth;

import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.AccessDenied.ReauthorizationRequired;
import io.penstock.error.PenstockException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A failure to get another credential, and until when none is asked for after it: a server that refuses is not asked again by every
 * request.
 *
 * @param failure why
 * @param number how many have failed in a row
 * @param until in ns of the timer
 */
public record Setback(PenstockException failure, int number, long until) {

    private static final long FIRST = Duration.ofSeconds(5).toNanos();
    private static final int DOUBLINGS = 4;

    /**
     * A setback of half of 5 s to 5 s after the first failure, doubling up to 80 s.
     *
     * @param failure why; every request until then fails with it
     * @param number how many have failed in a row, this one counted
     * @param now in ns of the timer
     * @param random spreads what follows
     */
    public static Setback of(PenstockException failure, int number, long now, RandomGenerator random) {
        long most = FIRST << Math.min(number - 1, DOUBLINGS);
        return new Setback(failure, number, now + most / 2 + random.nextLong(most / 2 + 1));
    }

    /** Whether it is not over yet at {@code now}, in ns of the timer. */
    public boolean stands(long now) {
        return now < until;
    }

    /** A failure for one request: it will be told where that stood. */
    public PenstockException copy() {
        return copy(failure);
    }

    /** As {@link #copy()}, of a failure that several wait for. */
    static PenstockException copy(PenstockException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof ReauthorizationRequired) {
            return new ReauthorizationRequired(message, failure);
        }
        return failure instanceof AuthError ? new AuthError(message, failure) : failure;
    }
}
