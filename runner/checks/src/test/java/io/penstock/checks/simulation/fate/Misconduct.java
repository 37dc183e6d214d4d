package io.penstock.checks.simulation.fate;

/** How an API answers instead of well. */
public enum Misconduct {
    /** 429 with Retry-After in seconds. */
    THROTTLED_SECONDS,
    /** 429 with Retry-After as a date of the server's clock. */
    THROTTLED_DATE,
    /** 429 without a word of when to come back. */
    THROTTLED,
    /** 429 with a Retry-After that nobody sits out. */
    THROTTLED_FOR_HOURS,
    /** An error of the server. */
    SERVER_ERROR,
    /** 503 with Retry-After. */
    UNAVAILABLE,
    /** No connection. */
    REFUSED,
    /** No address. */
    NO_ADDRESS,
    /** The connection breaks before the head. */
    RESET,
    /** No head within its deadline. */
    NO_HEAD,
    /** The head comes just within its deadline. */
    LATE_HEAD,
    /** The body breaks off. */
    CUT,
    /** The body stops coming. */
    STALLED,
    /** A page of HTML with status 200. */
    HTML,
    /** Broken JSON, complete as far as HTTP can tell. */
    BROKEN_JSON,
    /** Nothing at all with status 200. */
    EMPTY,
    /** Broken HTTP. */
    BAD_FRAMING,
    /** The page token is no longer known. */
    TOKEN_GONE,
    /** 404. */
    NOT_FOUND,
    /** 403. */
    FORBIDDEN,
    /** A redirect to another path of the same origin; that one works. */
    REDIRECT,
    /** A good answer that says that the quota is spent. */
    SPENT,
    /** A good answer that says that little of the quota is left. */
    NEARLY_SPENT
}
