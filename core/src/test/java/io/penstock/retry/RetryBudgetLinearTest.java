package io.penstock.retry;

import io.penstock.linear.Linear;
import io.penstock.retry.RetryBudget.Cost;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Whatever threads do to a retry budget at once could have been done by one after the other. Takes about five seconds.
 *
 * <p>Time stands still and the bucket is nearly empty, so that every token counts.
 */
class RetryBudgetLinearTest {

    private static final long SEED = 20_261_126;

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();

    private RetryBudget nearlyEmpty() {
        RetryBudget budget = new RetryBudget(timer);
        for (int i = 0; i < 98; i++) {
            budget.takeNow(Cost.THROTTLE).orElseThrow().spend();
        }
        return budget;
    }

    @Test
    void isLinear() throws Exception {
        new Linear<>(
                        this::nearlyEmpty,
                        List.of(
                                budget -> budget.takeNow(Cost.THROTTLE).isPresent(),
                                budget -> budget.takeNow(Cost.TRANSIENT).isPresent(),
                                budget -> {
                                    budget.succeeded();
                                    return "told";
                                },
                                budget -> {
                                    budget.settled(Cost.THROTTLE.tokens());
                                    return "told";
                                },
                                budget -> budget.usage().tokens()))
                .check(150, 200, SEED);
    }
}
