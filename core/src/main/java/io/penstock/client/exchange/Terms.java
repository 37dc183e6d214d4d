package io.penstock.client.exchange;

import io.penstock.breaker.BreakerPolicy;
import io.penstock.breaker.Breakers;
import io.penstock.cache.ResponseCache;
import io.penstock.http.Transport;
import io.penstock.page.WalkLimits;
import io.penstock.rate.quota.Quotas;
import io.penstock.retry.AnswerRule;
import io.penstock.retry.RetryBudget;
import io.penstock.retry.RetryListener;
import io.penstock.retry.RetryPolicy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import reactor.core.scheduler.Scheduler;

/**
 * What all requests of one client have in common.
 *
 * @param means how requests are sent at all
 * @param trust who may be called and who gets the credential
 * @param quotas what may be spent
 * @param circuits spare servers that fail
 * @param repeats what is tried again
 * @param rules what answers mean, before anything else is made of them
 * @param walks how long a walk over pages may become at most
 */
public record Terms(
        Means means,
        Trust trust,
        Quotas quotas,
        Circuits circuits,
        Repeats repeats,
        List<AnswerRule> rules,
        WalkLimits walks) {

    /** Copies the rules. */
    public Terms {
        rules = List.copyOf(rules);
    }

    /**
     * How requests are sent at all.
     *
     * @param transport sends
     * @param timer clock and timer of all waits
     * @param clock wall clock, for HTTP dates and log stamps only
     * @param random for jitter
     * @param cache stands in front of all that, if there is one
     */
    public record Means(
            Transport transport, Scheduler timer, Clock clock, RandomGenerator random, Optional<ResponseCache> cache) {}

    /**
     * The breakers.
     *
     * @param all one for each origin and credential
     * @param policy of those that are made
     */
    public record Circuits(Breakers all, BreakerPolicy policy) {}

    /**
     * What is tried again.
     *
     * @param policy says what and when
     * @param budget pays
     * @param listener is told
     */
    public record Repeats(RetryPolicy policy, RetryBudget budget, RetryListener listener) {}
}
