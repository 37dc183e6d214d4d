package io.penstock.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/** Why there is a policy of our own: what the backoff of the library spreads, and what it does not know. */
class LibraryBackoffTest {

    @Test
    void theLibrarySpreadsByHalfOfTheWaitAndNotOverAllOfIt() {
        RetryBackoffSpec spec = Retry.backoff(3, Duration.ofSeconds(10));
        assertThat(spec.jitterFactor).isEqualTo(0.5);
        assertThat(spec.maxAttempts).isEqualTo(3);
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        try {
            List<Long> tries = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                long began = time.now(java.util.concurrent.TimeUnit.MILLISECONDS);
                Flux.from(Mono.fromRunnable(
                                        () -> tries.add(time.now(java.util.concurrent.TimeUnit.MILLISECONDS) - began))
                                .then(Mono.error(new IllegalStateException("planted"))))
                        .retryWhen(Retry.backoff(1, Duration.ofSeconds(10)).scheduler(time))
                        .subscribe(value -> {}, failure -> {});
                time.advanceTimeBy(Duration.ofMinutes(1));
            }
            assertThat(tries)
                    .hasSize(400)
                    .filteredOn(wait -> wait > 0)
                    .allMatch(wait -> wait >= 5_000 && wait <= 15_000);
        } finally {
            time.dispose();
        }
    }
}
