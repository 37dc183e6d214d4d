package io.penstock.rate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.rate.Permits.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Costs that are known afterwards. Under 5 s. */
class SettleTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final List<Long> log = new ArrayList<>();

    private Permits permits(String limit) {
        return new Budgets(timer, new SplittableRandom(7)).permits("key", List.of(RateLimit.parse(limit)), 100);
    }

    private Permit take(Permits permits, int cost) {
        return requireNonNull(permits.acquire(cost).block(LIMIT));
    }

    private void ask(Permits permits, int cost) {
        permits.acquire(cost).subscribe(permit -> log.add(timer.now(TimeUnit.MILLISECONDS)));
    }

    private void advance(long millis) {
        timer.advanceTimeBy(Duration.ofMillis(millis));
    }

    @Test
    void whatWasNotNeededIsGivenBackAndServesThoseWhoWait() {
        Permits permits = permits("10/s");
        Permit dear = take(permits, 10);
        ask(permits, 7);
        assertThat(log).isEmpty();
        dear.settle(3);
        assertThat(log).containsExactly(0L);
        assertThat(permits.usage().granted()).isEqualTo(10);
    }

    @Test
    void aDebtDelaysTheNextGrant() {
        Permits permits = permits("10/s");
        take(permits, 2).settle(9);
        ask(permits, 2);
        assertThat(log).isEmpty();
        advance(1050);
        assertThat(log).containsExactly(1050L);
    }

    @Test
    void aDebtOfSeveralWindowsIsPaidWindowByWindow() {
        Permits permits = permits("10/s");
        take(permits, 10).settle(35);
        ask(permits, 1);
        ask(permits, 10);
        advance(4 * 1050);
        assertThat(log).containsExactly(3 * 1050L, 4 * 1050L);
    }

    @Test
    void onlyTheFirstSettlementCounts() {
        Permits permits = permits("10/s");
        Permit permit = take(permits, 4);
        permit.settle(2);
        permit.settle(0);
        permit.settle(9);
        assertThat(permits.usage().granted()).isEqualTo(2);
    }

    @Test
    void mayBeToldAfterTheRelease() {
        Permits permits = permits("10/s");
        Permit permit = take(permits, 10);
        permit.release();
        permit.settle(1);
        ask(permits, 9);
        assertThat(log).hasSize(1);
    }

    @Test
    void nothingCostsLessThanNothing() {
        Permit permit = take(permits("10/s"), 1);
        assertThatThrownBy(() -> permit.settle(-1)).hasMessageContaining("-1");
    }

    @Test
    void anAbsurdDebtOverflowsNothing() {
        Permits permits = permits("1/h");
        take(permits, 1).settle(Integer.MAX_VALUE);
        assertThat(permits.state().limitedFor()).isBetween(Duration.ofDays(300), Duration.ofDays(400));
        RateLimit spaced = RateLimit.parse("20/h").burst(1);
        Permits even = new Budgets(timer, new SplittableRandom(7)).permits("even", List.of(spaced), 9);
        take(even, 1).settle(Integer.MAX_VALUE);
        assertThat(even.state().limitedFor()).isBetween(Duration.ofDays(300), Duration.ofDays(400));
    }

    @Test
    void aHintThatKnowsTheCostAlreadyIsNotRaised() {
        Permits permits = permits("1000/s");
        Permit permit = take(permits, 10);
        permits.hint(1, Duration.ofSeconds(10));
        permit.settle(1);
        ask(permits, 1);
        ask(permits, 1);
        assertThat(log).hasSize(1);
    }

    /** The limit holds for what was really spent, as long as no request cost more than was asked for. */
    @Test
    void noWindowHoldsMoreThanItsLimitOfWhatWasReallySpent() {
        for (long seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RateLimit limit = RateLimit.of(5 + random.nextInt(60), Duration.ofSeconds(1));
            spend(seed, random, seed % 2 == 0 ? limit : limit.burst(1 + random.nextInt(limit.permits())));
        }
    }

    private record Open(long at, int cost, int actual, long settles) {}

    private static void spend(long seed, SplittableRandom random, RateLimit limit) {
        Meter meter = Meter.of(limit);
        List<Open> done = new ArrayList<>();
        PriorityQueue<Open> open = new PriorityQueue<>(Comparator.comparingLong(Open::settles));
        long now = 0;
        for (int i = 0; i < 2_000; i++) {
            int cost = 1 + random.nextInt(Math.min(10, meter.most()));
            long at = meter.nextAt(now, cost);
            while (!open.isEmpty() && open.peek().settles() <= at) {
                Open next = requireNonNull(open.poll());
                meter.refund(next.at(), next.cost() - next.actual());
                at = meter.nextAt(Math.max(now, next.settles()), cost);
            }
            now = at + (random.nextInt(10) == 0 ? random.nextLong(1_000_000_000) : 0);
            now = meter.nextAt(now, cost);
            meter.grant(now, cost);
            Open granted = new Open(now, cost, random.nextInt(cost + 1), now + random.nextLong(300_000_000));
            open.add(granted);
            done.add(granted);
        }
        WindowCounter counter = new WindowCounter(limit.window().toNanos());
        done.forEach(grant -> counter.grant(grant.at(), grant.actual()));
        assertThat(counter.most()).as("seed %d, %s", seed, limit).isLessThanOrEqualTo(limit.permits());
    }
}
