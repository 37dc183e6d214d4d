package io.penstock.testkit.model.hostile;

/** Which pages of each stream suffer. Pages count in the order in which they are first asked for. */
public enum When {
    /** The second or third page, as the seed decides, the first time it is asked for. */
    ONCE,
    /** Every page from the second on, each time. */
    FROM_SECOND,
    /** Every page, each time. */
    EVERY
}
