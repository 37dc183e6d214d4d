package io.penstock.rate;

import java.time.Duration;
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
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_GUESS = Duration.ofSeconds(60).toNanos();
    private static final int MOST_DOUBLINGS = 7;

    private final List<Left> hints = new ArrayList<>(MOST_HINTS);
    private long closedUntil = Meter.NEVER;
    private long lastGrant = Meter.NEVER;
    private long formerGrant = Meter.NEVER;
    private long grants;
    private long lastRefused;
    private int refusals;

    /** So many may pass until an instant. */
    private static final class Left {
        private final long until;
        private final long few;
        private final long born;
        private long requests;

        Left(long requests, long until, long few, long born) {
            this.requests = requests;
            this.until = until;
            this.few = few;
            this.born = born;
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
        Left left = new Left(requests, until, (quota + 9) / 10, grants);
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
        grants++;
        count(cost);
    }

    /** Takes the last grant, of {@code cost}, back. */
    void revoke(int cost) {
        lastGrant = formerGrant;
        count(-cost);
    }

    /** So many grants so far, the one that is taken back included. */
    long grants() {
        return grants;
    }

    /**
     * The request of {@code grant} has cost {@code more} than was thought, or less. A hint that came after the grant may know
     * already, so it is only ever lowered.
     */
    void settle(long grant, long more) {
        for (Left left : hints) {
            if (more > 0 || left.born < grant) {
                left.requests = Math.max(0, left.requests - more);
            }
        }
    }

    /**
     * The server refused for want of quota: nothing passes for {@code wait} or, if it did not say, for a second, doubled with
     * each refusal in a row up to a minute. Those that were under way together are one refusal.
     *
     * @param grant the request that was refused
     * @param chance between 0 and 1: spreads a wait that nobody named over its upper half
     */
    void refused(long now, long grant, long wait, double chance) {
        boolean again = grant > lastRefused;
        if (again) {
            refusals = Math.min(refusals + 1, MOST_DOUBLINGS);
            lastRefused = grants;
        }
        if (wait > 0) {
            closeUntil(now + wait);
        } else if (again) {
            long whole = Math.min(LONGEST_GUESS, SECOND << (refusals - 1));
            long half = whole / 2;
            closeUntil(now + half + (long) (half * chance));
        }
    }

    /** The request of {@code grant} went well: the row of refusals ends, unless it was sent before the last of them. */
    void served(long grant) {
        if (grant > lastRefused) {
            refusals = 0;
        }
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
