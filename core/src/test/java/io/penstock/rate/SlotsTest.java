package io.penstock.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Concurrency that is learned. Under 5 s. */
class SlotsTest {

    private final Slots slots = new Slots();

    private void fill() {
        while (slots.free()) {
            slots.take();
        }
    }

    private void serve(int count) {
        for (int i = 0; i < count; i++) {
            fill();
            slots.served();
        }
    }

    @Test
    void beginsAtFourOrTheCeiling() {
        slots.narrow(100, true);
        assertThat(slots.count()).isEqualTo(4);
        slots.narrow(3, true);
        assertThat(slots.count()).isEqualTo(3);
    }

    @Test
    void growsByOneAfterAsManySuccessesAsThereAreSlots() {
        slots.narrow(100, true);
        serve(3);
        assertThat(slots.count()).isEqualTo(4);
        serve(1);
        assertThat(slots.count()).isEqualTo(5);
        serve(5);
        assertThat(slots.count()).isEqualTo(6);
    }

    @Test
    void neverGrowsAboveTheCeiling() {
        slots.narrow(6, true);
        serve(1_000);
        assertThat(slots.count()).isEqualTo(6);
    }

    @Test
    void doesNotGrowWhileSlotsStayFree() {
        slots.narrow(100, true);
        slots.take();
        for (int i = 0; i < 100; i++) {
            slots.served();
        }
        assertThat(slots.count()).isEqualTo(4);
    }

    @Test
    void shrinksToSevenTenthsOnceForAllThatWereUnderWayTogether() {
        slots.narrow(100, true);
        serve(4 + 5 + 6 + 7 + 8 + 9);
        assertThat(slots.count()).isEqualTo(10);
        slots.pushedBack(30, 40);
        slots.pushedBack(31, 40);
        slots.pushedBack(40, 41);
        assertThat(slots.count()).isEqualTo(7);
        slots.pushedBack(41, 45);
        assertThat(slots.count()).isEqualTo(4);
    }

    @Test
    void neverShrinksBelowOne() {
        slots.narrow(100, true);
        for (int i = 1; i < 20; i++) {
            slots.pushedBack(i, i);
        }
        assertThat(slots.count()).isEqualTo(1);
        assertThat(slots.free()).isTrue();
    }

    @Test
    void aGivenNumberLearnsNothing() {
        slots.narrow(8, false);
        serve(100);
        slots.pushedBack(1, 1);
        assertThat(slots.count()).isEqualTo(8);
    }

    /** A server that refuses what is above its capacity, which nobody has told. */
    @Test
    void findsTheCapacityOfAServerThatPublishesNone() {
        int capacity = 20;
        VirtualTimeScheduler timer = VirtualTimeScheduler.create();
        Permits permits =
                new Budgets(timer, new SplittableRandom(7)).permits(new BudgetTerms("key", "", List.of(), 200, true));
        List<Integer> seen = new ArrayList<>();
        int[] busy = {0};
        int[] refused = {0};
        Flux.range(0, 20_000)
                .flatMap(
                        i -> permits.acquire(1).flatMap(permit -> {
                            boolean refuse = busy[0] >= capacity;
                            busy[0] += refuse ? 0 : 1;
                            refused[0] += refuse ? 1 : 0;
                            seen.add(permits.state().slots());
                            return Mono.delay(Duration.ofMillis(refuse ? 1 : 50), timer)
                                    .doOnNext(end -> {
                                        busy[0] -= refuse ? 0 : 1;
                                        if (refuse) {
                                            permit.pushedBack();
                                        } else {
                                            permit.served();
                                        }
                                        permit.release();
                                    });
                        }),
                        500)
                .subscribe();
        timer.advanceTimeBy(Duration.ofMinutes(10));
        assertThat(seen).hasSize(20_000);
        List<Integer> settled = seen.subList(5_000, 20_000);
        assertThat(settled).allSatisfy(slots -> assertThat(slots).isBetween(capacity / 2, capacity + 1));
        assertThat(refused[0]).isLessThan(20_000 / 25);
        assertThat(settled.stream().mapToInt(i -> i).average().orElse(0)).isGreaterThan(0.8 * capacity);
    }
}
