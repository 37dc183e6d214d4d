package io.penstock.auth.broker;

import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.AccessDenied.ReauthorizationRequired;
import io.penstock.error.BadConfig;
import io.penstock.error.PenstockException;
import io.penstock.error.StateFailure;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A failed renewal, and until when none is begun after it: a server that refuses is not asked again by every request.
 *
 * @param failure why
 * @param number how many have failed in a row
 * @param until in ns of the timer
 */
record Setback(PenstockException failure, int number, long until) {

    private static final long FIRST = Duration.ofSeconds(5).toNanos();
    private static final int DOUBLINGS = 4;

    static Setback of(Throwable failure, int number, long now, RandomGenerator random) {
        long most = FIRST << Math.min(number - 1, DOUBLINGS);
        return new Setback(typed(failure), number, now + most / 2 + random.nextLong(most / 2 + 1));
    }

    /** What requests fail with: not before anybody has done something about it, whatever it was. */
    private static PenstockException typed(Throwable failure) {
        if (failure instanceof ReauthorizationRequired
                || failure instanceof AuthError
                || failure instanceof StateFailure
                || failure instanceof BadConfig) {
            return (PenstockException) failure;
        }
        return new AuthError("no new access token was to be had: " + failure.getMessage(), failure);
    }

    /** A failure for one request: it will be told where that stood. */
    PenstockException copy() {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof ReauthorizationRequired) {
            return new ReauthorizationRequired(message, failure);
        }
        return failure instanceof AuthError ? new AuthError(message, failure) : failure;
    }
}
