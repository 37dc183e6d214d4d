package io.penstock.message;

/** An HTTP request method (RFC 9110, section 9) and whether the same request may be sent twice. */
public enum Method {
    /** Reads. */
    GET(true),
    /** Reads the header section only. */
    HEAD(true),
    /** Asks what is possible. */
    OPTIONS(true),
    /** Puts a state in place; the second time changes nothing. */
    PUT(true),
    /** Removes; the second time changes nothing. */
    DELETE(true),
    /** Does whatever the resource does; twice is twice, unless declared otherwise. */
    POST(false),
    /** Changes a part; twice may be twice. */
    PATCH(false);

    private final boolean idempotent;

    Method(boolean idempotent) {
        this.idempotent = idempotent;
    }

    /** Whether it only reads (RFC 9110, section 9.2.1). */
    public boolean safe() {
        return this == GET || this == HEAD || this == OPTIONS;
    }

    /** Whether sending the request again can do no more than sending it once. */
    public boolean idempotent() {
        return idempotent;
    }
}
