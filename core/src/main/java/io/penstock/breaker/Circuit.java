package io.penstock.breaker;

import io.penstock.breaker.CircuitBreaker.State;

/**
 * One moment of a circuit: a value, and the pure functions from it to the next. Instants are nanoseconds of one monotonic clock.
 *
 * @param state what may pass
 * @param period counts the changes of state: a result is heard only in the period it began in
 * @param tally the last results, since the circuit closed
 * @param until when an open circuit may be probed
 * @param opened how many times it has opened in a row
 * @param since when the period began
 * @param trial how the probes of a half-open circuit stand
 */
record Circuit(State state, long period, Tally tally, long until, int opened, long since, Trial trial) {

    /**
     * Results as bits, the newest lowest.
     *
     * @param results how many are known
     * @param failed those that failed
     * @param slow those that were slow
     */
    record Tally(int results, long failed, long slow) {

        static final Tally EMPTY = new Tally(0, 0, 0);

        Tally with(boolean failure, boolean late, int window) {
            long mask = (1L << window) - 1;
            return new Tally(
                    Math.min(window, results + 1),
                    (failed << 1 | (failure ? 1 : 0)) & mask,
                    (slow << 1 | (late ? 1 : 0)) & mask);
        }

        boolean tooBad(BreakerPolicy policy) {
            return policy.tooBad(results, Long.bitCount(failed), Long.bitCount(slow));
        }
    }

    /**
     * The probes.
     *
     * @param out whether one is under way
     * @param successes how many have succeeded
     */
    record Trial(boolean out, int successes) {
        static final Trial NONE = new Trial(false, 0);
    }

    static Circuit closed(BreakerPolicy policy, long now) {
        State first = policy.enabled() ? State.CLOSED : State.DISABLED;
        return new Circuit(first, 0, Tally.EMPTY, now, 0, now, Trial.NONE);
    }

    /** Whether one may pass at {@code now}. */
    boolean admits(long now) {
        return switch (state) {
            case CLOSED, DISABLED -> true;
            case OPEN -> now - until >= 0;
            case HALF_OPEN -> !trial.out;
            case FORCED_OPEN -> false;
        };
    }

    /** The circuit once one has passed that it {@link #admits}. */
    Circuit admit(long now) {
        return switch (state) {
            case OPEN -> new Circuit(State.HALF_OPEN, period + 1, Tally.EMPTY, until, opened, now, new Trial(true, 0));
            case HALF_OPEN -> probing(new Trial(true, trial.successes));
            default -> this;
        };
    }

    /** The circuit once a probe has ended that says nothing: the next may go. */
    Circuit forgetProbe(long ofPeriod) {
        return ofPeriod == period && state == State.HALF_OPEN ? probing(new Trial(false, trial.successes)) : this;
    }

    private Circuit probing(Trial next) {
        return new Circuit(state, period, tally, until, opened, since, next);
    }

    /** The circuit after a success; {@code late} if it took long to begin. */
    Circuit succeed(long ofPeriod, boolean late, long now, BreakerPolicy policy, double chance) {
        if (ofPeriod != period) {
            return this;
        }
        return switch (state) {
            case CLOSED -> counted(tally.with(false, late, policy.window()), 0, now, policy, chance);
            case HALF_OPEN -> probeSucceeded(now, policy);
            default -> this;
        };
    }

    private Circuit probeSucceeded(long now, BreakerPolicy policy) {
        int successes = trial.successes + 1;
        return successes < policy.probes()
                ? probing(new Trial(false, successes))
                : new Circuit(State.CLOSED, period + 1, Tally.EMPTY, now, opened, now, Trial.NONE);
    }

    /** The circuit after a failure; it stays open at least as long as the server {@code asked}, in nanoseconds. */
    Circuit fail(long ofPeriod, long asked, long now, BreakerPolicy policy, double chance) {
        if (ofPeriod != period) {
            return this;
        }
        return switch (state) {
            case CLOSED -> counted(tally.with(true, false, policy.window()), asked, now, policy, chance);
            case HALF_OPEN -> open(asked, now, policy, chance);
            default -> this;
        };
    }

    private Circuit counted(Tally more, long asked, long now, BreakerPolicy policy, double chance) {
        return more.tooBad(policy)
                ? open(asked, now, policy, chance)
                : new Circuit(state, period, more, until, opened, since, trial);
    }

    private Circuit open(long asked, long now, BreakerPolicy policy, double chance) {
        int former = state == State.CLOSED && now - since >= policy.calm() ? 0 : opened;
        long wait = Math.max(policy.openFor(former, chance), asked);
        return new Circuit(State.OPEN, period + 1, Tally.EMPTY, now + wait, former + 1, now, Trial.NONE);
    }

    /** The circuit that an operator has put into {@code other}; {@link State#CLOSED} begins anew. */
    Circuit put(State other, long now) {
        return new Circuit(other, period + 1, Tally.EMPTY, now, 0, now, Trial.NONE);
    }
}
