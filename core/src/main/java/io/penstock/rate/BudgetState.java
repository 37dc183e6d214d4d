package io.penstock.rate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a budget stands, for progress, summary and metrics; a snapshot, consistent in itself.
 *
 * @param name whose budget it is, without secrets
 * @param limits how far each limit is used, in the order they were named
 * @param waiting how many ask and wait
 * @param inFlight how many permits are out
 * @param slots how many may be out at once now; learned if the budget is adaptive
 * @param granted how much was spent since the start, in costs
 * @param closedFor how long the server's word (a throttle, an empty quota) lets nothing pass; zero if it does not
 * @param limitedFor how long the next request of cost 1 has to wait for whatever limit; zero if it does not
 */
public record BudgetState(
        String name,
        List<Use> limits,
        int waiting,
        int inFlight,
        int slots,
        long granted,
        Duration closedFor,
        Duration limitedFor) {

    /** Copies the list. */
    public BudgetState {
        limits = List.copyOf(limits);
    }

    /**
     * How far one limit is used.
     *
     * @param limit as configured
     * @param used what was spent in the window that ends now, at most the limit unless there is a debt
     */
    public record Use(RateLimit limit, long used) {

        /** The part that is used, from 0 to 1. */
        public double share() {
            return Math.min(1, (double) used / limit.permits());
        }
    }

    /** How far the limit that is used most is used, from 0 to 1; 0 without limits. */
    public double utilisation() {
        return limits.stream().mapToDouble(Use::share).max().orElse(0);
    }

    /** When the next request may pass, by {@code clock} time {@code now}; empty if it may pass at once. */
    public Optional<Instant> limitedUntil(Instant now) {
        return limitedFor.isZero() ? Optional.empty() : Optional.of(now.plus(limitedFor));
    }
}
