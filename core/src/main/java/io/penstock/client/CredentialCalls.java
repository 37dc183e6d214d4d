package io.penstock.client;

import io.penstock.auth.Authenticator;
import io.penstock.auth.Sender;
import io.penstock.breaker.BreakerPolicy;
import io.penstock.client.exchange.Exchange;
import io.penstock.client.exchange.Terms;
import io.penstock.client.exchange.Trust;
import io.penstock.http.Transport;
import io.penstock.http.outbound.Outbound;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.Origin;
import io.penstock.page.WalkLimits;
import io.penstock.rate.BudgetTerms;
import io.penstock.rate.hint.CostReader;
import io.penstock.rate.hint.RateHeaders;
import io.penstock.rate.quota.Quotas;
import io.penstock.retry.RetryListener;
import io.penstock.retry.RetryPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * Sends what credentials are made with through exchanges of its own, one for each origin: their permits, breakers and retry
 * budgets are not those of the requests that wait for the credential. Nothing of it is cached.
 */
final class CredentialCalls implements Sender {

    private static final int AT_ONCE = 4;

    private final Map<Origin, Exchange> exchanges = new ConcurrentHashMap<>();
    private final ClientResources resources;
    private final Transport transport;
    private final RetryPolicy retry;
    private final RetryListener listener;
    private final Going going;

    CredentialCalls(
            ClientResources resources, Transport transport, RetryPolicy retry, RetryListener listener, String owner) {
        this.resources = resources;
        this.transport = transport;
        this.retry = retry;
        this.listener = listener;
        this.going = new Going(owner);
    }

    /** Adds nothing to requests, but tells when each goes out. */
    private record Going(String owner) implements Authenticator {

        @Override
        public Mono<ApiRequest> authorise(ApiRequest request) {
            return Mono.deferContextual(context -> {
                context.<Runnable>get(Going.class).run();
                return Mono.just(request);
            });
        }

        @Override
        public String identity() {
            return "credentials of " + owner;
        }
    }

    @Override
    public Mono<ApiResponse> send(ApiRequest request, Runnable before) {
        return Mono.defer(() -> exchanges
                        .computeIfAbsent(request.origin(), this::exchange)
                        .whole(request))
                .contextWrite(context -> context.put(Going.class, before));
    }

    private Exchange exchange(Origin origin) {
        Trust trust = Trust.of(origin, Outbound.NONE, going);
        String key = trust.key(origin);
        ClientResources.Shared shared = resources.shared();
        BudgetTerms budget = new BudgetTerms(key, origin + " credentials", List.of(), AT_ONCE, false);
        return new Exchange(new Terms(
                new Terms.Means(transport, resources.timer(), resources.clock(), resources.random(), Optional.empty()),
                trust,
                new Quotas(
                        List.of(),
                        rules -> shared.budgets().together(key, List.of(budget)),
                        "",
                        new Quotas.Reading(RateHeaders.standard(), CostReader.NONE)),
                new Terms.Circuits(shared.breakers(), BreakerPolicy.DEFAULT),
                new Terms.Repeats(retry, shared.repeats().budget(key, budget.name()), listener),
                List.of(),
                WalkLimits.DEFAULT));
    }
}
