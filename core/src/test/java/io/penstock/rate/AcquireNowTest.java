package io.penstock.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.rate.Permits.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

class AcquireNowTest {

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final Budgets budgets = new Budgets(timer, new SplittableRandom(1));

    private Permits permits(int concurrency) {
        return budgets.permits("key", List.of(RateLimit.parse("10/s")), concurrency);
    }

    private static boolean now(Permits permits, int cost) {
        return permits.acquireNow(cost, Asker.ANYBODY).isPresent();
    }

    @Test
    void givesWhatIsThereAndTakesNothingWhereThereIsNotEnough() {
        Permits permits = permits(100);
        assertThat(now(permits, 8)).isTrue();
        Permits.Usage before = permits.usage();
        assertThat(now(permits, 11)).as("more than can ever be granted").isFalse();
        assertThat(now(permits, 3)).as("more than is left of the window").isFalse();
        assertThat(permits.usage()).isEqualTo(before);
        assertThat(now(permits, 2)).isTrue();
        timer.advanceTimeBy(Duration.ofMillis(1_100));
        assertThat(now(permits, 10)).isTrue();
    }

    @Test
    void overtakesNobody() {
        Permits permits = permits(100);
        List<String> served = new ArrayList<>();
        permits.acquire(8).subscribe(permit -> served.add("first"));
        permits.acquire(5).subscribe(permit -> served.add("dear"));
        assertThat(now(permits, 1)).as("there is room for it, but one waits").isFalse();
        timer.advanceTimeBy(Duration.ofMillis(1_100));
        assertThat(served).containsExactly("first", "dear");
        assertThat(now(permits, 1)).isTrue();
    }

    @Test
    void takesOneSlotAndGivesItBackOnce() {
        Permits permits = permits(1);
        Permit permit = permits.acquireNow(1, Asker.ANYBODY).orElseThrow();
        timer.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(now(permits, 1)).isFalse();
        permit.release();
        permit.release();
        assertThat(permits.usage().inFlight()).isZero();
        assertThat(now(permits, 1)).isTrue();
    }

    @Test
    void waitsForAHoldLikeEverybody() {
        Permits permits = permits(10);
        permits.hold(Duration.ofMinutes(1));
        assertThat(now(permits, 1)).isFalse();
        timer.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(now(permits, 1)).isTrue();
    }

    @Test
    void countsTowardsTheShareOfItsPriority() {
        Permits permits = budgets.permits("turns", List.of(RateLimit.parse("1/s")), 100);
        List<String> served = new ArrayList<>();
        assertThat(permits.acquireNow(1, new Asker("a", Priority.NORMAL))).isPresent();
        permits.acquire(1)
                .contextWrite(new Asker("b", Priority.NORMAL)::into)
                .subscribe(permit -> served.add("normal"));
        permits.acquire(1)
                .contextWrite(new Asker("c", Priority.INTERACTIVE)::into)
                .subscribe(permit -> served.add("interactive"));
        timer.advanceTimeBy(Duration.ofSeconds(3));
        assertThat(served).containsExactly("interactive", "normal");
    }
}
