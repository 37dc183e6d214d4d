package io.penstock.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Requests that spend from several budgets at once. Seed = number of the configuration. Under 30 s. */
class TogetherTest {

    private static final int CONFIGURATIONS = 100;
    private static final int ASKED = 3_000;

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final Budgets budgets = new Budgets(timer, new SplittableRandom(3));
    private final List<String> served = new ArrayList<>();

    private static BudgetTerms terms(String key, int concurrency, String... limits) {
        return new BudgetTerms(key, key, Stream.of(limits).map(RateLimit::parse).toList(), concurrency, false);
    }

    private Disposable ask(Permits permits, String name) {
        return ask(permits, name, 1);
    }

    private Disposable ask(Permits permits, String name, int cost) {
        return permits.acquire(cost)
                .contextWrite(context -> new Asker(name.substring(0, 1), Priority.NORMAL).into(context))
                .subscribe(permit -> served.add(name));
    }

    private void advance(long millis) {
        timer.advanceTimeBy(Duration.ofMillis(millis));
    }

    @Test
    void aPermitCountsInAllOfThem() {
        Permits all = budgets.permits(terms("all", 100, "3/m"));
        Permits search = budgets.together("all", List.of(terms("search", 100, "2/m"), terms("all", 100)));
        Stream.of("s1", "s2", "s3").forEach(name -> ask(search, name));
        Stream.of("a1", "a2").forEach(name -> ask(all, name));

        assertThat(served).containsExactly("s1", "s2", "a1");
        assertThat(budgets.states()).extracting(BudgetState::name).containsExactly("all", "search");
        assertThat(budgets.states()).extracting(BudgetState::granted).containsExactly(3L, 2L);
        assertThat(budgets.states()).extracting(BudgetState::waiting).containsExactly(2, 1);
        advance(60_300);
        assertThat(served).containsExactly("s1", "s2", "a1", "s3", "a2");
    }

    @Test
    void aClosedQuotaHoldsUpOnlyThoseWhoSpendFromIt() {
        Permits all = budgets.permits(terms("all", 100, "100/s"));
        Permits search = budgets.together("all", List.of(terms("search", 100, "1/h"), terms("all", 100)));
        Stream.of("x1", "x2").forEach(name -> ask(search, name));
        Stream.of("x3", "y1").forEach(name -> ask(all, name)); // x3 is of the very stream that waits for search

        assertThat(served).containsExactly("x1", "x3", "y1");
    }

    @Test
    void whatBothNeedIsGivenInTurn() {
        Permits all = budgets.permits(terms("all", 100, "1/s"));
        Permits search = budgets.together("all", List.of(terms("search", 100, "100/s"), terms("all", 100)));
        ask(all, "a1");
        ask(search, "s1");
        ask(all, "a2");
        ask(search, "s2");
        advance(5_000);
        assertThat(served).containsExactly("a1", "s1", "a2", "s2");
    }

    @Test
    void oneThatNeedsMuchOfBothIsNotOvertakenForEver() {
        Permits a = budgets.together("all", List.of(terms("a", 100, "4/s"), terms("all", 100, "100/s")));
        Permits b = budgets.together("all", List.of(terms("b", 100, "4/s"), terms("all", 100)));
        Permits both = budgets.together("all", List.of(terms("a", 100), terms("b", 100), terms("all", 100)));
        for (int i = 0; i < 4; i++) {
            ask(a, "x" + i);
        }
        advance(500);
        for (int i = 0; i < 4; i++) {
            ask(b, "y" + i); // the two open at different times
        }
        ask(both, "both", 4);
        for (int i = 0; i < 40; i++) {
            ask(a, "v" + i);
            ask(b, "w" + i);
        }
        advance(2_000);
        assertThat(served).contains("both");
    }

    @Test
    void oneThatCancelsLeavesNoTraceInAny() {
        Permits search = budgets.together("all", List.of(terms("search", 1), terms("all", 100)));
        ask(search, "s1");
        Disposable second = ask(search, "s2");
        second.dispose();

        assertThat(budgets.states()).extracting(BudgetState::waiting).containsOnly(0);
        assertThat(budgets.states()).extracting(BudgetState::inFlight).containsOnly(1);
        assertThat(budgets.states()).extracting(BudgetState::granted).containsOnly(1L);
    }

    @Test
    void releasingGivesBackTheSlotsOfAll() {
        Permits all = budgets.permits(terms("all", 2));
        Permits search = budgets.together("all", List.of(terms("search", 1), terms("all", 2)));
        List<Permits.Permit> held = new ArrayList<>();
        search.acquire(1).subscribe(held::add);
        search.acquire(1).subscribe(held::add);
        all.acquire(1).subscribe(held::add);
        assertThat(held).hasSize(2);
        held.get(0).release();
        held.get(0).release();
        assertThat(held).hasSize(3);
    }

    @Test
    void whatCanNeverBeGrantedIsRefusedAtOnce() {
        Permits search = budgets.together("all", List.of(terms("search", 9, "2/s"), terms("all", 9, "10/s")));
        assertThatThrownBy(() -> search.acquire(3).block(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 2 permits");
        assertThatThrownBy(() -> budgets.together("all", List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    /** Random rules, some within others; askers of some streams and priorities, with costs, who cancel and release late. */
    private static final class Run {
        private final SplittableRandom random;
        private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
        private final Map<String, RateLimit> limits = new TreeMap<>();
        private final Map<String, WindowCounter> counters = new TreeMap<>();
        private final List<List<String>> sets = new ArrayList<>();
        private final List<Permits> permits = new ArrayList<>();
        private final Budgets budgets;
        private int over;

        Run(long seed) {
            random = new SplittableRandom(seed);
            budgets = new Budgets(timer, random.split());
            List<String> keys = List.of("a", "b", "c", "z");
            for (String key : keys) {
                RateLimit limit = RateLimit.of(3 + random.nextInt(40), Duration.ofMillis(50 + random.nextInt(3_000)));
                limits.put(key, random.nextInt(3) == 0 ? limit.burst(3) : limit);
                counters.put(key, new WindowCounter(limit.window().toNanos()));
            }
            sets.addAll(
                    List.of(List.of("z"), List.of("a", "z"), List.of("b", "z"), List.of("a", "b", "z"), List.of("c")));
            sets.add(List.of("a", "c"));
            for (List<String> set : sets) {
                permits.add(budgets.together("z", set.stream().map(this::terms).toList()));
            }
        }

        private BudgetTerms terms(String key) {
            return new BudgetTerms(key, key, List.of(limits.get(key)), 5 + key.charAt(0) % 7, false);
        }

        void run() {
            int asked = 0;
            while (asked < ASKED) {
                int crowd = 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 10);
                for (int i = 0; i < crowd; i++) {
                    ask();
                }
                asked += crowd;
                timer.advanceTimeBy(Duration.ofMillis(random.nextInt(2_000)));
            }
            for (int i = 0; i < 100_000 && over < asked; i++) {
                timer.advanceTimeBy(Duration.ofSeconds(1));
            }
            assertThat(over).isEqualTo(asked);
            timer.advanceTimeBy(Duration.ofSeconds(1)); // the last are released
        }

        private void ask() {
            int which = random.nextInt(sets.size());
            String stream = "s" + random.nextInt(4);
            Priority priority = Priority.values()[random.nextInt(3)];
            int cost = 1 + random.nextInt(3);
            long hold = random.nextInt(500);
            boolean[] granted = {false};
            Disposable asker = permits.get(which)
                    .acquire(cost)
                    .contextWrite(context -> new Asker(stream, priority).into(context))
                    .doOnNext(permit -> {
                        granted[0] = true;
                        long now = timer.now(TimeUnit.NANOSECONDS);
                        sets.get(which).forEach(key -> counters.get(key).grant(now, cost));
                        timer.schedule(permit::release, hold, TimeUnit.MILLISECONDS);
                    })
                    .subscribe(permit -> over++);
            if (random.nextInt(5) == 0) {
                long after = random.nextInt(3_000);
                timer.schedule(
                        () -> {
                            if (!granted[0]) {
                                asker.dispose();
                                over++;
                            }
                        },
                        after,
                        TimeUnit.MILLISECONDS);
            }
        }
    }

    @Test
    void noWindowOfAnyOfThemHoldsMoreThanItsLimitAndEverybodyIsServed() {
        for (long seed = 0; seed < CONFIGURATIONS; seed++) {
            Run run = new Run(seed);
            run.run();
            for (Map.Entry<String, WindowCounter> counted : run.counters.entrySet()) {
                RateLimit limit = run.limits.get(counted.getKey());
                assertThat(counted.getValue().most())
                        .as("seed %d, %s %s", seed, counted.getKey(), limit)
                        .isBetween(1L, (long) limit.permits());
            }
            assertThat(run.budgets.states()).as("seed %d", seed).allSatisfy(state -> {
                assertThat(state.waiting()).isZero();
                assertThat(state.inFlight()).isZero();
            });
            run.timer.dispose();
        }
    }
}
