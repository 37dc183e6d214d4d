package io.penstock.http;

import io.penstock.http.Timeouts.Wait;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of one try's deadlines: instants in, instants out, in nanoseconds of one monotonic clock.
 *
 * <p>While nobody asks for the body the clock of the body's deadlines and of the whole try stands still. Thread-safe: told by
 * the event loop, asked by the timer.
 */
final class Watch {

    private enum Phase {
        CONNECTING,
        WAITING,
        READING
    }

    private final Timeouts timeouts;
    private final long soonest;
    private Phase phase = Phase.CONNECTING;
    private long phaseSince;
    private long before;
    private long runningSince;
    private boolean running = true;
    private long lastByte;
    private long windowSince;
    private long windowBytes;

    Watch(Timeouts timeouts, long now) {
        this.timeouts = timeouts;
        this.phaseSince = now;
        this.runningSince = now;
        this.soonest = Math.min(
                timeouts.nanos(Wait.RESPONSE_HEADERS),
                Math.min(timeouts.nanos(Wait.BODY_IDLE), timeouts.nanos(Wait.BODY_MIN_RATE)));
    }

    /** The request goes out. */
    synchronized void sent(long now) {
        if (phase == Phase.CONNECTING) {
            phase = Phase.WAITING;
            phaseSince = now;
        }
    }

    /** The header section has come. */
    synchronized void answered(long now) {
        phase = Phase.READING;
        lastByte = active(now);
        windowSince = lastByte;
    }

    /** Bytes of the body have come. */
    synchronized void received(long now, int bytes) {
        lastByte = active(now);
        windowBytes += bytes;
    }

    /** Nobody asks for more. */
    synchronized void pause(long now) {
        before = active(now);
        running = false;
    }

    /** Somebody asks for more; whether that is new. */
    synchronized boolean resume(long now) {
        boolean paused = !running;
        if (paused) {
            running = true;
            runningSince = now;
            lastByte = before; // the wait for the next byte begins with the demand for it
        }
        return paused;
    }

    private long active(long now) {
        return running ? before + (now - runningSince) : before;
    }

    /** Whether the request has gone out. */
    synchronized boolean isSent() {
        return phase != Phase.CONNECTING;
    }

    /** Whether the header section has come. */
    synchronized boolean isAnswered() {
        return phase == Phase.READING;
    }

    /** What has been waited for too long at {@code now}, or null. */
    synchronized @Nullable Wait due(long now) {
        if (!running) {
            return null;
        }
        long active = active(now);
        if (active >= timeouts.nanos(Wait.ATTEMPT)) {
            return Wait.ATTEMPT;
        }
        return switch (phase) {
            case CONNECTING -> now - phaseSince >= connecting() ? Wait.CONNECT : null;
            case WAITING -> now - phaseSince >= timeouts.nanos(Wait.RESPONSE_HEADERS) ? Wait.RESPONSE_HEADERS : null;
            case READING -> reading(active);
        };
    }

    private @Nullable Wait reading(long active) {
        if (active - lastByte >= timeouts.nanos(Wait.BODY_IDLE)) {
            return Wait.BODY_IDLE;
        }
        long window = timeouts.nanos(Wait.BODY_MIN_RATE);
        if (active - windowSince < window) {
            return null;
        }
        boolean slow = windowBytes < Timeouts.MIN_RATE * (window / 1e9);
        windowSince = active;
        windowBytes = 0;
        return slow ? Wait.BODY_MIN_RATE : null;
    }

    /** How long from {@code now} on nothing can be due; negative while the clock stands still. */
    synchronized long quiet(long now) {
        if (!running) {
            return -1;
        }
        long active = active(now);
        long quiet = timeouts.nanos(Wait.ATTEMPT) - active;
        quiet = switch (phase) {
            case CONNECTING -> min(quiet, phaseSince + connecting() - now, soonest);
            case WAITING -> min(quiet, phaseSince + timeouts.nanos(Wait.RESPONSE_HEADERS) - now, soonest);
            case READING ->
                min(
                        quiet,
                        lastByte + timeouts.nanos(Wait.BODY_IDLE) - active,
                        windowSince + timeouts.nanos(Wait.BODY_MIN_RATE) - active);
        };
        return Math.max(quiet, 0);
    }

    private long connecting() {
        return timeouts.nanos(Wait.POOL_ACQUIRE) + timeouts.nanos(Wait.CONNECT) + timeouts.nanos(Wait.TLS);
    }

    private static long min(long a, long b, long c) {
        return Math.min(a, Math.min(b, c));
    }
}
