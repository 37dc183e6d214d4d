package io.penstock.store;

/** Leave to work, wanted or had. Safe for concurrent use: what is taken while it is given up is given back at once. */
public interface Turn {

    /**
     * Whether it is had now; false to be asked again. May block for the time of a file operation or a call over the network.
     *
     * @throws io.penstock.error.StateFailure if it can never be had
     */
    boolean take();

    /** Gives it back if it is had, and wants it no more; idempotent. */
    void giveUp();
}
