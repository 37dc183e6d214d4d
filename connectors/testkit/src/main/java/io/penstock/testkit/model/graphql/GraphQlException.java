package io.penstock.testkit.model.graphql;

/** A query that cannot be answered; its message is what the client is told. */
public final class GraphQlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An error with a message for the client. */
    public GraphQlException(String message) {
        super(message, null, false, false);
    }
}
