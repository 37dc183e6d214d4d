package io.penstock.client.exchange;

import io.penstock.breaker.Pass;
import io.penstock.rate.Permits.Permit;
import org.jspecify.annotations.Nullable;

/** All that one try holds: what comes after it was let go goes back at once. Safe for concurrent use. */
final class Hold {

    private @Nullable Pass pass;
    private @Nullable Permit permit;
    private boolean over;

    void take(Pass given) {
        synchronized (this) {
            if (!over) {
                pass = given;
                return;
            }
        }
        given.release();
    }

    void take(Permit given) {
        synchronized (this) {
            if (!over) {
                permit = given;
                return;
            }
        }
        given.release();
    }

    /** Whether the circuit is still open to what is held. */
    synchronized boolean current() {
        return pass == null || pass.current();
    }

    /** The leave to go through the circuit. */
    synchronized @Nullable Pass pass() {
        return pass;
    }

    /** The leave to send; null before there is one. */
    synchronized @Nullable Permit permit() {
        return permit;
    }

    /** Gives everything back and may take again. */
    void putBack() {
        Pass heldPass;
        Permit heldPermit;
        synchronized (this) {
            heldPass = pass;
            heldPermit = permit;
            pass = null;
            permit = null;
        }
        if (heldPass != null) {
            heldPass.release();
        }
        if (heldPermit != null) {
            heldPermit.release();
        }
    }

    /** Gives everything back for good. */
    void letGo() {
        synchronized (this) {
            over = true;
        }
        putBack();
    }
}
