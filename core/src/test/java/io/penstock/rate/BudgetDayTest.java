package io.penstock.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

class BudgetDayTest {

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();

    @Test
    void aDayOfAnHourlyLimitTakesNoTime() {
        Permits permits = new Budgets(timer, new SplittableRandom(7))
                .permits("key", Stream.of("500/h", "20/s").map(RateLimit::parse).toList(), 8);
        List<Long> grants = new ArrayList<>();
        Flux.range(0, 12_000)
                .flatMap(
                        i -> permits.acquire(1).doOnNext(permit -> {
                            grants.add(timer.now(TimeUnit.NANOSECONDS));
                            permit.release();
                        }),
                        8)
                .subscribe();
        timer.advanceTimeBy(Duration.ofHours(24));
        assertThat(grants).hasSize(12_000);
        WindowCounter hour = new WindowCounter(Duration.ofHours(1).toNanos());
        WindowCounter second = new WindowCounter(Duration.ofSeconds(1).toNanos());
        grants.forEach(at -> {
            hour.grant(at, 1);
            second.grant(at, 1);
        });
        assertThat(hour.most()).isEqualTo(500);
        assertThat(second.most()).isEqualTo(20);
    }
}
