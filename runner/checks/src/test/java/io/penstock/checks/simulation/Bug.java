package io.penstock.checks.simulation;

import io.penstock.auth.Auth;
import io.penstock.breaker.BreakerPolicy;
import io.penstock.checks.simulation.time.Clockwork;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.http.Transport;
import io.penstock.message.ApiRequest;
import io.penstock.message.Origin;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Head;
import io.penstock.rate.RateLimit;
import io.penstock.retry.RetryBudget.Cost;
import io.penstock.source.SourceProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/** A bug that is planted, to see that it is found: a simulation that finds nothing might as well be blind. */
enum Bug {
    NONE,
    /** The store applies a commit again whose answer was lost. */
    COMMITS_TWICE,
    /** The store drops a row of larger commits. */
    LOSES_A_ROW,
    /** The source leaves out pages that came at the second try. */
    SKIPS_RETRIED_PAGES,
    /** A permit is never given back. */
    LEAKS_A_PERMIT,
    /** A pass of the breaker is never given back. */
    LEAKS_A_PASS,
    /** Tokens of the retry budget are never settled. */
    LEAKS_A_LEASE,
    /** Bytes of a page are counted for ever. */
    LEAKS_BYTES,
    /** A timer goes on behind the end of its run. */
    LEAVES_A_TIMER,
    /** Twice the limit is used. */
    EXCEEDS_THE_LIMIT,
    /** More requests are under way than may be. */
    EXCEEDS_CONCURRENCY,
    /** Retry-After is not read. */
    IGNORES_RETRY_AFTER,
    /** The network layer sends everything many times. */
    STORMS,
    /** A deadline of the network layer does not work. */
    HANGS,
    /** Something depends on chance that no seed gives. */
    DEPENDS_ON_CHANCE;

    private static final int STORM = 30;
    private static final AtomicInteger CHANCE = new AtomicInteger();
    private static final URI API = URI.create("https://api.test");

    /** The provider, with the bug if it is one of sources. */
    SourceProvider around(SourceProvider provider) {
        return this == SKIPS_RETRIED_PAGES ? new SkippingProvider(provider) : provider;
    }

    /** The scenario that the plan is written from. */
    Scenario plan(Scenario promised) {
        if (this != EXCEEDS_THE_LIMIT && this != EXCEEDS_CONCURRENCY) {
            return promised;
        }
        List<RateLimit> limits = promised.limits().stream()
                .map(limit -> this == EXCEEDS_THE_LIMIT ? RateLimit.of(2 * limit.permits(), limit.window()) : limit)
                .toList();
        return new Scenario(
                promised.modes(),
                promised.pageSize(),
                promised.readAhead(),
                promised.schemas(),
                limits,
                this == EXCEEDS_CONCURRENCY ? 2 * promised.concurrency() : promised.concurrency(),
                promised.held(),
                promised.cadence());
    }

    /** The network, with the bug if it is one of networks. */
    Transport around(Transport network, Clockwork clock) {
        return switch (this) {
            case STORMS ->
                new Wrapped(
                        network,
                        answer -> Flux.range(0, STORM)
                                .concatMap(i -> answer.onErrorComplete(), 0)
                                .thenMany(answer));
            case HANGS ->
                new Wrapped(
                        network,
                        answer -> answer.onErrorResume(
                                NetworkError.class,
                                late -> late.step() == NetworkError.Step.TIMEOUT ? Flux.never() : Flux.error(late)));
            case IGNORES_RETRY_AFTER -> new Wrapped(network, answer -> answer.map(Bug::withoutRetryAfter));
            default -> network;
        };
    }

    private static ResponsePart withoutRetryAfter(ResponsePart part) {
        return part instanceof Head head
                ? new Head(head.status(), head.headers().without("Retry-After"), head.requestId(), head.framed())
                : part;
    }

    /** A network that does something to every answer. */
    private record Wrapped(Transport network, UnaryOperator<Flux<ResponsePart>> change) implements Transport {
        @Override
        public Flux<ResponsePart> send(ApiRequest request) {
            return change.apply(network.send(request));
        }

        @Override
        public void close() {
            network.close();
        }
    }

    /** What budgets and breakers of the API are kept under. */
    static String key() {
        return Origin.of(API) + " " + Auth.none().identity();
    }

    /** A run is over: leaks happen now. */
    void after(Life life) {
        var shared = life.resources().shared();
        switch (this) {
            case LEAKS_A_PERMIT ->
                shared.budgets()
                        .permits(key(), List.of(), Integer.MAX_VALUE)
                        .acquire(1)
                        .subscribe();
            case LEAKS_A_PASS ->
                shared.breakers().breaker(key(), BreakerPolicy.DEFAULT).enter().subscribe();
            case LEAKS_A_LEASE -> shared.repeats().budget(key()).takeNow(Cost.THROTTLE);
            case LEAKS_BYTES -> life.held().add(1);
            case LEAVES_A_TIMER ->
                life.clock().schedule(() -> {}, Duration.ofDays(1).toMillis(), TimeUnit.MILLISECONDS);
            case DEPENDS_ON_CHANCE -> life.note("chance " + CHANCE.incrementAndGet());
            default -> {}
        }
    }
}
