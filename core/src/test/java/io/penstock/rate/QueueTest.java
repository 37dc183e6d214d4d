package io.penstock.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Who is served next. Under 5 s. */
class QueueTest {

    private static final long SEED = 20_261_121;

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final Permits permits =
            new Budgets(timer, new SplittableRandom(SEED)).permits("key", List.of(RateLimit.parse("1/s")), 1_000_000);
    private final List<String> served = new ArrayList<>();

    private Disposable ask(String name, Priority priority, String stream, int cost) {
        return permits.acquire(cost)
                .contextWrite(context -> new Asker(stream, priority).into(context))
                .subscribe(permit -> served.add(name));
    }

    private void ask(String... names) {
        Stream.of(names).forEach(name -> ask(name, Priority.NORMAL, name.substring(0, 1), 1));
    }

    private void seconds(int count) {
        timer.advanceTimeBy(Duration.ofMillis(1050L * count));
    }

    @Test
    void streamsTakeTurnsHoweverManyWaitInEach() {
        ask("first", "a1", "a2", "a3", "a4", "b1", "b2", "c1");
        seconds(10);
        assertThat(served).containsExactly("first", "a1", "b1", "c1", "a2", "b2", "a3", "a4");
    }

    @Test
    void aStreamThatComesBackQueuesBehindTheOthers() {
        ask("first", "a1", "b1");
        seconds(1);
        ask("a2", "c1");
        seconds(3);
        assertThat(served).containsExactly("first", "a1", "b1", "a2", "c1");
    }

    @Test
    void inOneStreamTheFirstComeIsServedFirst() {
        ask("a1", "a2", "a3");
        seconds(3);
        assertThat(served).containsExactly("a1", "a2", "a3");
    }

    @Test
    void theInteractiveComesFirstThoughItCameLast() {
        ask("first", "n1");
        ask("b1", Priority.BACKFILL, "b", 1);
        ask("i1", Priority.INTERACTIVE, "i", 1);
        ask("i2", Priority.INTERACTIVE, "i", 1);
        seconds(2);
        assertThat(served).startsWith("first", "i1").hasSize(3);
        seconds(2);
        assertThat(served).containsExactlyInAnyOrder("first", "i1", "i2", "n1", "b1");
    }

    @Test
    void prioritiesShareSixteenToFourToOneAndNobodyStarves() {
        for (int i = 0; i < 2_200; i++) {
            for (Priority priority : Priority.values()) {
                ask(priority.name(), priority, "s" + i % 3, 1);
            }
        }
        served.clear();
        seconds(2_100);
        Map<String, Integer> counts = new HashMap<>();
        served.forEach(name -> counts.merge(name, 1, Integer::sum));
        assertThat(counts.get("INTERACTIVE")).isBetween(1_590, 1_610);
        assertThat(counts.get("NORMAL")).isBetween(395, 405);
        assertThat(counts.get("BACKFILL")).isBetween(98, 102);
    }

    @Test
    void oneWhoWasAwayHasNoClaimOnThePast() {
        for (int i = 0; i < 100; i++) {
            ask("b", Priority.BACKFILL, "b", 1);
            ask("n", Priority.NORMAL, "n", 1);
        }
        seconds(100);
        served.clear();
        for (int i = 0; i < 50; i++) {
            ask("i", Priority.INTERACTIVE, "i", 1);
        }
        seconds(34);
        assertThat(served).contains("n").contains("b");
        assertThat(served.stream().filter("i"::equals).count()).isBetween(20L, 32L);
    }

    @Test
    void whoCancelsLeavesTheTurnToTheOthersAndNothingBehind() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Disposable> asked = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            asked.add(ask("x", Priority.values()[random.nextInt(3)], "s" + random.nextInt(50), 1));
            if (random.nextInt(4) == 0) {
                seconds(1);
            }
            asked.get(random.nextInt(asked.size())).dispose();
        }
        asked.forEach(Disposable::dispose);
        assertThat(permits.usage().waiting()).as("seed %d", SEED).isZero();
        served.clear();
        ask("a1", "b1");
        seconds(3);
        assertThat(served).containsExactly("a1", "b1");
    }

    @Test
    void aHeavyOneIsNotOvertakenByItsOwnPriorityForEver() {
        Permits wide = new Budgets(timer, new SplittableRandom(SEED))
                .permits("wide", List.of(RateLimit.parse("4/s")), 1_000_000);
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            wide.acquire(1)
                    .contextWrite(context -> new Asker("light", Priority.NORMAL).into(context))
                    .subscribe(permit -> order.add("light"));
        }
        wide.acquire(4)
                .contextWrite(context -> new Asker("heavy", Priority.NORMAL).into(context))
                .subscribe(permit -> order.add("heavy"));
        seconds(2);
        assertThat(order).contains("heavy");
    }
}
