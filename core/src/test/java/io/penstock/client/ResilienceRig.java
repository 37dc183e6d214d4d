package io.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.breaker.BreakerPolicy;
import io.penstock.error.PenstockException;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A client over scripted answers in virtual time, and what became of its calls. */
abstract class ResilienceRig {

    private static final URI HOME = URI.create("https://api.example.com/v2");

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final List<Object> outcome = new ArrayList<>();
    ClientResources resources;
    ScriptedTransport transport;

    @AfterEach
    void endTime() {
        time.dispose();
    }

    ApiClient.Builder client(Function<ApiRequest, Publisher<ResponsePart>> script) {
        transport = new ScriptedTransport(script);
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        resources = ClientResources.of(transport, time, clock, new SplittableRandom(7));
        return resources.client(HOME);
    }

    void call(Mono<?> mono) {
        mono.subscribe(outcome::add, outcome::add);
    }

    PenstockException failed() {
        assertThat(outcome).hasSize(1).first().isInstanceOf(PenstockException.class);
        return (PenstockException) outcome.get(0);
    }

    void assertNothingIsHeld() {
        String key = "https://api.example.com none";
        assertThat(resources
                        .shared()
                        .budgets()
                        .permits(key, List.of(), 4)
                        .usage()
                        .inFlight())
                .isZero();
        assertThat(resources
                        .shared()
                        .breakers()
                        .breaker(key, BreakerPolicy.DEFAULT)
                        .view()
                        .out())
                .isZero();
        assertThat(resources.shared().repeats().budget(key).usage().out()).isZero();
    }
}
