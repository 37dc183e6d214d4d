package io.penstock.message;

/**
 * How a request may be sent.
 *
 * @param idempotent whether it may be repeated though its first answer is unknown
 * @param cost how many permits it spends, at least 1
 * @param derived whether its URL came from a peer instead of the person who configured the connection
 * @param packed whether the body of its answer is a gzip file, though nothing in the header section may say so
 * @param verbatim whether a redirect or a refusal is an answer like any other: nothing is followed, nothing is an error but what
 *     may pass by itself
 */
public record Sending(boolean idempotent, int cost, boolean derived, boolean packed, boolean verbatim) {

    /**
     * Judges the cost.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Sending {
        if (cost < 1) {
            throw new IllegalArgumentException("a request costs at least 1 permit, but was " + cost);
        }
    }

    static Sending plain(Method method) {
        return new Sending(method.idempotent(), 1, false, false, false);
    }

    Sending asIdempotent() {
        return new Sending(true, cost, derived, packed, verbatim);
    }

    Sending costing(int permits) {
        return new Sending(idempotent, permits, derived, packed, verbatim);
    }

    Sending asTrusted() {
        return new Sending(idempotent, cost, false, packed, verbatim);
    }

    Sending asDerived() {
        return new Sending(idempotent, cost, true, packed, verbatim);
    }

    Sending asPacked() {
        return new Sending(idempotent, cost, derived, true, verbatim);
    }

    Sending asVerbatim() {
        return new Sending(idempotent, cost, derived, packed, true);
    }
}
