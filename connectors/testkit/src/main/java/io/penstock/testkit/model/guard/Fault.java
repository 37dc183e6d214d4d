package io.penstock.testkit.model.guard;

import java.util.Locale;

/** What a hostile server does to a request instead of answering it. Weights are requests in a thousand. */
public enum Fault {
    /** 429 with {@code Retry-After: 1}. */
    THROTTLE(5),
    /** 429 without a hint. */
    THROTTLE_NO_HINT(5),
    /** 500. */
    INTERNAL_ERROR(8),
    /** 502 with an HTML page, as a proxy sends it. */
    BAD_GATEWAY(7),
    /** 503. */
    UNAVAILABLE(7),
    /** The connection is reset before the status line. */
    RESET_BEFORE_STATUS(8),
    /** The connection is reset in the middle of the body. */
    RESET_MID_BODY(8),
    /** The connection is closed before all bytes of Content-Length were sent. */
    CUT_LENGTH(8),
    /** The connection is closed before the last chunk of a chunked body was sent. */
    CUT_CHUNKED(8),
    /** The right answer in small pieces, half a second in all at most. */
    SLOW_PAGE(6),
    /** An HTML page with status 200. */
    HTML_PAGE(6),
    /** Status 200 and no body at all. */
    EMPTY_BODY(6);

    private final int weight;

    Fault(int weight) {
        this.weight = weight;
    }

    /** How many of a thousand requests suffer it. */
    int weight() {
        return weight;
    }

    /** The name in {@code /_stats}, such as {@code reset_mid_body}. */
    public String faultName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
