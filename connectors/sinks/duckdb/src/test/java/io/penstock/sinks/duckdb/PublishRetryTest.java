package io.penstock.sinks.duckdb;

import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.SinkFailure.SinkTransient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Repeats of a swap that DuckDB could not make at once, in virtual time. */
final class PublishRetryTest {

    private final AtomicInteger tries = new AtomicInteger();

    private Mono<Void> repeated(Mono<Void> work) {
        return new DuckDbSink(Path.of("unused.duckdb"), "main", "1GB", Schedulers.parallel()).repeated(work, 1);
    }

    private Mono<Void> failing(int times, RuntimeException failure) {
        return Mono.defer(() -> tries.incrementAndGet() <= times ? Mono.error(failure) : Mono.empty());
    }

    @Test
    void aTransientFailureIsRepeatedAfterTwoHundredMilliseconds() {
        StepVerifier.withVirtualTime(() -> repeated(failing(1, new SinkTransient("busy"))))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(199))
                .thenAwait(Duration.ofMillis(1))
                .expectComplete()
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void theSixthTransientFailureIsTheLast() {
        StepVerifier.withVirtualTime(() -> repeated(failing(100, new SinkTransient("busy"))))
                .thenAwait(Duration.ofMinutes(1))
                .expectErrorMatches(failure -> failure instanceof SinkTransient && tries.get() == 6)
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void aPermanentFailureIsNotRepeated() {
        StepVerifier.withVirtualTime(() -> repeated(failing(100, new SinkPermanent("refused"))))
                .expectErrorMatches(failure -> failure instanceof SinkPermanent && tries.get() == 1)
                .verify(Duration.ofSeconds(5));
    }
}
