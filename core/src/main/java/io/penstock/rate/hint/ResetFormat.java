package io.penstock.rate.hint;

/** How a header says when a quota resets. */
public enum ResetFormat {
    /** Told from the value: a delay in seconds, an epoch in seconds or milliseconds, a duration such as {@code 6m0s}, a date. */
    DETECTED,
    /** A delay in seconds, however large. */
    SECONDS,
    /** A delay in milliseconds. */
    MILLISECONDS,
    /** Seconds since 1970. */
    EPOCH_SECONDS,
    /** Milliseconds since 1970. */
    EPOCH_MILLISECONDS
}
