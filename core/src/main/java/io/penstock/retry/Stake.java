package io.penstock.retry;

import org.jspecify.annotations.Nullable;

/** The tokens that the try being made has cost, until it is known whether they are lost. Safe for concurrent use. */
final class Stake {

    private @Nullable Lease lease;
    private boolean sent;
    private boolean closed;

    /** Puts tokens in; they go straight back if nobody waits for the try any more. */
    void put(Lease paid) {
        synchronized (this) {
            sent = false;
            if (!closed) {
                lease = paid;
                return;
            }
        }
        paid.giveBack();
    }

    synchronized void sent() {
        sent = true;
    }

    /** The try has succeeded. */
    void won() {
        settle(takeOut(), true);
    }

    /** The try is over without success: what was sent is paid for. */
    void lost() {
        boolean unsent;
        Lease staked;
        synchronized (this) {
            unsent = !sent;
            staked = takeOut();
        }
        settle(staked, unsent);
    }

    /** Nobody waits any more. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        lost();
    }

    private synchronized @Nullable Lease takeOut() {
        Lease staked = lease;
        lease = null;
        return staked;
    }

    /** Outside the lock: tokens that go back may set off another request at once. */
    private static void settle(@Nullable Lease staked, boolean back) {
        if (staked != null && back) {
            staked.giveBack();
        } else if (staked != null) {
            staked.spend();
        }
    }
}
