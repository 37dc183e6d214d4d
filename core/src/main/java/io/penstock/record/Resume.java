package io.penstock.record;

/** How a broken-off read of a slice can be taken up again by a later run. */
public enum Resume {
    /** From the token of the next page: tokens stay good from run to run. */
    PAGE_TOKEN,
    /** From the last record read: records come in the order of the cursor field. */
    RECORD_CURSOR,
    /** Not at all: only a finished slice has a cursor, so that an append must make the whole slice durable at once. */
    NONE
}
