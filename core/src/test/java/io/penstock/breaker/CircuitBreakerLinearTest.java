package io.penstock.breaker;

import io.penstock.linear.Linear;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Whatever threads do to a breaker at once could have been done by one after the other. Takes about five seconds.
 *
 * <p>Time stands still and the circuit stays open for no time at all, so that two failures open it and the next caller probes it.
 */
class CircuitBreakerLinearTest {

    private static final long SEED = 20_261_125;
    private static final BreakerPolicy QUICK = BreakerPolicy.builder()
            .window(4)
            .judgedFrom(2)
            .probes(2)
            .base(Duration.ofNanos(1))
            .cap(Duration.ofNanos(1))
            .build();
    private static final RandomGenerator ZERO = () -> 0;

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();

    private static Object told(Runnable operation) {
        operation.run();
        return "told";
    }

    @Test
    void isLinear() throws Exception {
        List<Function<CircuitBreaker, Object>> operations = new ArrayList<>();
        operations.add(breaker -> breaker.enterNow().isPresent());
        operations.add(breaker -> {
            CircuitBreaker.View view = breaker.view();
            return view.state() + " " + view.opened();
        });
        for (int i = 0; i < 4; i++) {
            long period = i;
            operations.add(breaker -> told(() -> breaker.failed(period, Duration.ZERO)));
            operations.add(breaker -> told(() -> breaker.succeeded(period, 0)));
            operations.add(breaker -> told(() -> breaker.forgetProbe(period)));
        }
        new Linear<>(
                        () -> {
                            CircuitBreaker breaker = new CircuitBreaker(QUICK, timer, ZERO);
                            breaker.failed(0, Duration.ZERO);
                            return breaker;
                        },
                        operations)
                .check(150, 200, SEED);
    }
}
