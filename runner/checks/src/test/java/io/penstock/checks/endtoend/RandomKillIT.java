package io.penstock.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.ModelApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kill -9 at a random moment, again and again: nothing is lost, nothing doubled, no start needs a hand.
 *
 * <p>{@code -Dkills=2000} kills each sink that often instead of 60 times, {@code -Dkills.sinks=parquet} only that sink, and
 * {@code -Dkills.seed=N} repeats a run that failed. Most of what a kill costs is the start of a process, so that the classes are
 * packed and kept loaded, and two rounds run side by side. Budget: 120 seconds a sink, for 60 kills on two cores of its own.
 */
class RandomKillIT {

    private static final int KILLS = Integer.getInteger("kills", 60);
    private static final List<String> SINKS =
            List.of(System.getProperty("kills.sinks", "duckdb,jsonl,parquet").split(","));
    private static final int SIDE_BY_SIDE = 2;
    private static final int EVENTS = 60;
    private static final int EVENTS_OF_A_CHANGE = 30;

    @TempDir
    private static Path packed;

    private static ChildClasses classes;

    @TempDir
    private Path folder;

    private final AtomicInteger kills = new AtomicInteger();
    private final AtomicInteger rounds = new AtomicInteger();

    @BeforeAll
    static void packClasses() {
        classes = ChildClasses.recorded(packed, SINKS.get(0));
    }

    static List<String> sinks() {
        return SINKS;
    }

    @ParameterizedTest
    @MethodSource("sinks")
    void isRecoveredFromByTheNextStart(String sink) {
        long seed = Long.getLong("kills.seed", new SplittableRandom().nextLong());
        long begun = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            List<CompletableFuture<Void>> lanes = new ArrayList<>();
            for (int i = 0; i < SIDE_BY_SIDE; i++) {
                lanes.add(CompletableFuture.runAsync(() -> rounds(sink, seed), threads));
            }
            lanes.forEach(RandomKillIT::finish);
        } finally {
            threads.shutdownNow();
        }
        System.out.println(sink + ": " + kills + " kills in " + rounds
                + " rounds, 0 lost, 0 doubled, 0 starts that needed a" + " hand, "
                + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s, -Dkills.seed=" + seed);
    }

    private static void finish(CompletableFuture<Void> lane) {
        try {
            lane.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof AssertionError wrong) {
                throw wrong;
            }
            throw failed;
        }
    }

    private void rounds(String sink, long seed) {
        while (kills.get() < KILLS) {
            int round = rounds.getAndIncrement();
            assertThat(round).as("rounds, each of which kills at least once").isLessThan(KILLS);
            kills.addAndGet(round(sink, seed, round));
        }
    }

    private int round(String sink, long seed, int round) {
        SplittableRandom random = new SplittableRandom(seed + round);
        String told = sink + ", -Dkills.seed=" + seed + ", round " + round;
        try (ModelApi api =
                ModelApi.builder().records(1000).seed(seed + round).build().start()) {
            Scenario scenario = Scenario.of(api, folder.resolve("round" + round), sink, random.nextInt(4) == 0);
            int killed = kill(scenario, random, 6, EVENTS);
            scenario.requireRecovery(classes, told);
            api.revision(2);
            killed += kill(scenario, random, 4, EVENTS_OF_A_CHANGE);
            scenario.requireRecovery(classes, told);
            return killed;
        }
    }

    /** Starts and kills, {@code times} times or until a run ends by itself; returns how often it was killed. */
    private static int kill(Scenario scenario, SplittableRandom random, int times, int events) {
        for (int killed = 0; killed < times; killed++) {
            try (Child child = scenario.child(classes, classes.using())) {
                int code = child.killAfter(random.nextInt(events)).exit();
                assertThat(code).as("exit code; last lines: %s", child.said()).isIn(0, Child.KILLED);
                if (code == 0) {
                    return killed;
                }
            }
        }
        return times;
    }
}
