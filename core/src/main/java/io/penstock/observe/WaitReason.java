package io.penstock.observe;

import java.util.Locale;

/** What a lane is waiting for, or doing: a closed list, so that the sums add up. */
public enum WaitReason {
    /** A configured limit. */
    LIMIT,
    /** The time a server asked for. */
    RETRY_AFTER,
    /** The pause before a repeat. */
    BACKOFF,
    /** Tokens of the budget that all repeats to a server share. */
    BUDGET,
    /** An open circuit. */
    BREAKER,
    /** A credential. */
    AUTH,
    /** A free connection, or a new one. */
    POOL,
    /** The server, from the request sent to the header section. */
    SERVER,
    /** The bytes of the body. */
    TRANSFER,
    /** Finding records in bytes. */
    DECODE,
    /** The sink: writing and committing. */
    SINK;

    /** As a tag and in summaries, such as {@code retry-after}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
