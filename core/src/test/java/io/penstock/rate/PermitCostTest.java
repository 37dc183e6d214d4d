package io.penstock.rate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.penstock.rate.Permits.Permit;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

/** What one permit costs in memory; its time is measured by the benchmarks. */
class PermitCostTest {

    private static final int REQUESTS = 50_000;

    @Test
    void aPermitThatNeedsNoWaitAllocatesLittle() {
        Permits permits = new Budgets(Schedulers.parallel(), new SplittableRandom(1))
                .permits("key", List.of(RateLimit.of(Integer.MAX_VALUE / 2, Duration.ofSeconds(1))), 8);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        spend(permits);
        long before = threads.getCurrentThreadAllocatedBytes();
        spend(permits);
        long each = (threads.getCurrentThreadAllocatedBytes() - before) / REQUESTS;
        assertThat(each).isBetween(1L, 512L);
    }

    private static void spend(Permits permits) {
        for (int i = 0; i < REQUESTS; i++) {
            permits.acquire(1).subscribe(Permit::release);
        }
    }
}
