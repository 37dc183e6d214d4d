package io.penstock.checks.simulation.fate;

/** What befalls one operation. */
public enum Blow {
    /** It works. */
    NOTHING,
    /** It fails, as such things fail that may pass. */
    FAIL,
    /** It never answers. */
    HANG,
    /** The process dies in that moment. */
    HALT
}
