package io.penstock.http;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long one try waits for what; no wait is without an end.
 *
 * <p>Immutable. Start from {@link #DEFAULT}.
 */
public final class Timeouts {

    /** A thing to wait for. */
    public enum Wait {
        /** One of a server's addresses to accept the connection, all of them together; default 10 s. */
        CONNECT(Duration.ofSeconds(10)),
        /** The TLS handshake; default 10 s. */
        TLS(Duration.ofSeconds(10)),
        /** A free connection of the local pool; default 45 s. */
        POOL_ACQUIRE(Duration.ofSeconds(45)),
        /** The header section, from the request sent; default 30 s. */
        RESPONSE_HEADERS(Duration.ofSeconds(30)),
        /** The next byte of the body while somebody asks for it; default 30 s. */
        BODY_IDLE(Duration.ofSeconds(30)),
        /** The time in which {@link Timeouts#MIN_RATE} must be kept while somebody asks for the body; default 60 s. */
        BODY_MIN_RATE(Duration.ofSeconds(60)),
        /** The whole try, without the time in which nobody asks for the body; default 10 min. */
        ATTEMPT(Duration.ofMinutes(10));

        private final Duration usual;

        Wait(Duration usual) {
            this.usual = usual;
        }
    }

    /** Bytes a second that a body must bring at least, on average over {@link Wait#BODY_MIN_RATE}. */
    public static final int MIN_RATE = 1024;

    /** The defaults named at each {@link Wait}. */
    public static final Timeouts DEFAULT = new Timeouts(usual());

    private final Map<Wait, Duration> waits;

    private Timeouts(Map<Wait, Duration> waits) {
        this.waits = waits;
    }

    private static Map<Wait, Duration> usual() {
        Map<Wait, Duration> waits = new EnumMap<>(Wait.class);
        for (Wait wait : Wait.values()) {
            waits.put(wait, wait.usual);
        }
        return waits;
    }

    /**
     * These timeouts with another one for {@code wait}.
     *
     * @throws IllegalArgumentException unless {@code timeout} is between 1 ms and 7 days
     */
    public Timeouts with(Wait wait, Duration timeout) {
        if (timeout.toMillis() < 1 || timeout.toDays() > 7) {
            throw new IllegalArgumentException(
                    "the timeout " + wait + " must be between 1ms and 7d, but was " + timeout);
        }
        Map<Wait, Duration> changed = new EnumMap<>(waits);
        changed.put(wait, timeout);
        return new Timeouts(changed);
    }

    /** How long to wait for {@code wait}. */
    public Duration of(Wait wait) {
        return waits.getOrDefault(wait, wait.usual);
    }

    long nanos(Wait wait) {
        return of(wait).toNanos();
    }

    @Override
    public String toString() {
        return "Timeouts" + waits;
    }
}
