package io.penstock.retry;

/** How waits are spread, so that many clients do not come back together. */
public enum Jitter {
    /** Anything from nothing to the ceiling, which doubles with each retry. */
    FULL,
    /** From the base to three times the last wait. */
    DECORRELATED
}
