package io.penstock.client;

import io.penstock.auth.AuthMeans;
import io.penstock.auth.Authenticator;
import io.penstock.auth.Credential;
import io.penstock.auth.CredentialPool;
import io.penstock.breaker.BreakerPolicy;
import io.penstock.client.exchange.Exchange;
import io.penstock.client.exchange.Terms;
import io.penstock.client.exchange.Trust;
import io.penstock.http.outbound.Outbound;
import io.penstock.message.Origin;
import io.penstock.page.WalkLimits;
import io.penstock.rate.BudgetTerms;
import io.penstock.rate.RateLimit;
import io.penstock.rate.hint.CostReader;
import io.penstock.rate.hint.RateHeaders;
import io.penstock.rate.quota.QuotaRule;
import io.penstock.rate.quota.Quotas;
import io.penstock.retry.AnswerRule;
import io.penstock.retry.RetryListener;
import io.penstock.retry.RetryPolicy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Makes the exchange of one credential: everything a client was built with but that. Budgets, breakers and retry tokens are kept by
 * origin and credential, so two exchanges of one credential share them. Immutable.
 */
record Exchanges(
        Place place,
        AuthMeans credentials,
        Terms.Means means,
        ClientResources.Shared shared,
        Spending spending,
        Reading reading,
        Resilience resilience) {

    /** Where requests go. */
    record Place(URI base, Outbound reach) {}

    /** What may be spent. */
    record Spending(List<RateLimit> limits, List<QuotaRule> rules, double share, Slots slots) {}

    /** How many requests may be under way at once, and whether that is learned. */
    record Slots(int most, boolean adaptive) {}

    /** What answers tell, and how many of them may follow each other. */
    record Reading(RateHeaders headers, CostReader cost, List<AnswerRule> rules, WalkLimits walks) {}

    /** What becomes of failures. */
    record Resilience(RetryPolicy retry, RetryListener listener, BreakerPolicy breaker) {}

    /** Makes a credential usable. */
    Authenticator open(Credential credential) {
        return credential.open(credentials);
    }

    /** The exchange whose requests bear {@code credential}; of a pool, each of its credentials has a budget of its own. */
    Exchange of(Authenticator credential) {
        Terms terms = terms(credential);
        return credential instanceof CredentialPool pool
                ? Exchange.pooled(
                        terms,
                        pool.members().stream()
                                .map(member -> new Exchange(terms(member)))
                                .toList())
                : new Exchange(terms);
    }

    private Terms terms(Authenticator credential) {
        Trust trust = Trust.of(Origin.of(place.base()), place.reach(), credential);
        return new Terms(
                means,
                trust,
                quotas(trust),
                new Terms.Circuits(shared.breakers(), resilience.breaker()),
                new Terms.Repeats(
                        resilience.retry(),
                        shared.repeats()
                                .budget(trust.key(trust.home()), trust.home().toString()),
                        resilience.listener()),
                reading.rules(),
                reading.walks());
    }

    private Quotas quotas(Trust trust) {
        Origin origin = trust.home();
        String family = trust.key(origin);
        BudgetTerms rest = budget(
                family, origin.toString(), spending.limits(), spending.slots().most());
        return new Quotas(
                spending.rules(),
                covering -> {
                    List<BudgetTerms> spent = new ArrayList<>();
                    covering.forEach(rule -> spent.add(budget(
                            family + " " + rule.name(),
                            origin + " " + rule.name(),
                            rule.limits(),
                            rule.concurrency())));
                    if (covering.isEmpty() || !covering.get(covering.size() - 1).apart()) {
                        spent.add(rest);
                    }
                    return shared.budgets().together(family, spent);
                },
                Objects.requireNonNullElse(place.base().getRawPath(), ""),
                new Quotas.Reading(reading.headers(), reading.cost()));
    }

    private BudgetTerms budget(String key, String name, List<RateLimit> whole, int requests) {
        List<RateLimit> ours =
                whole.stream().map(limit -> limit.share(spending.share())).toList();
        return new BudgetTerms(key, name, ours, requests, spending.slots().adaptive());
    }
}
