package io.penstock.rate;

import java.util.ArrayList;
import java.util.List;

/**
 * What servers ask for: a closed gate, or so many requests until a reset. It can only slow down.
 *
 * <p>In nanoseconds; for one thread at a time. A server may count several windows at once (a minute and a day), so a few
 * hints stand side by side; one that a stricter and longer one covers is dropped.
 */
final class Gate {

    private static final int MOST_HINTS = 4;

    private final List<Left> hints = new ArrayList<>(MOST_HINTS);
    private long closedUntil = Meter.NEVER;
    private long lastGrant = Meter.NEVER;
    private long formerGrant = Meter.NEVER;

    /** So many may pass until an instant. */
    private static final class Left {
        private final long until;
        private final long few;
        private long requests;

        Left(long requests, long until, long few) {
            this.requests = requests;
            this.until = until;
            this.few = few;
        }

        boolean covers(Left other) {
            return until >= other.until && requests <= other.requests;
        }

        long nextAt(long now, int cost, long lastGrant) {
            if (now >= until) {
                return now;
            }
            if (requests < cost) {
                return until;
            }
            return requests < few && lastGrant != Meter.NEVER
                    ? Math.max(now, lastGrant + (until - lastGrant) / requests)
                    : now;
        }
    }

    /** Nothing passes before {@code until}; an earlier instant than one already set changes nothing. */
    void closeUntil(long until) {
        closedUntil = Math.max(closedUntil, until);
    }

    /**
     * At most {@code requests} pass before {@code until}.
     *
     * @param quota how many the server allows in the whole window, 0 if unknown: below a tenth of it they are spaced
     */
    void hint(long now, long requests, long until, long quota) {
        Left left = new Left(requests, until, (quota + 9) / 10);
        hints.removeIf(known -> known.until <= now);
        if (hints.stream().anyMatch(known -> known.covers(left))) {
            return;
        }
        hints.removeIf(left::covers);
        if (hints.size() == MOST_HINTS) {
            hints.remove(MOST_HINTS - 1); // the newest but one: a fresher word of the same server replaces it
        }
        hints.add(left);
    }

    /** The earliest instant, not before {@code now}, at which {@code cost} may pass. */
    long nextAt(long now, int cost) {
        long at = Math.max(now, closedUntil);
        for (int i = 0; i < hints.size(); i++) {
            at = Math.max(at, hints.get(i).nextAt(now, cost, lastGrant));
        }
        return at;
    }

    /** Counts what was let pass. */
    void grant(long at, int cost) {
        formerGrant = lastGrant;
        lastGrant = at;
        count(cost);
    }

    /** Takes the last grant, of {@code cost}, back. */
    void revoke(int cost) {
        lastGrant = formerGrant;
        count(-cost);
    }

    private void count(int cost) {
        for (int i = 0; i < hints.size(); i++) {
            hints.get(i).requests -= cost;
        }
    }

    /** How long it stays closed, in nanoseconds; 0 if it is open. */
    long untilOpen(long now) {
        return nextAt(now, 1) - now;
    }
}
