package io.penstock.checks.simulation;

import io.penstock.breaker.BreakerPolicy;
import io.penstock.breaker.CircuitBreaker;
import io.penstock.client.ClientResources.Shared;
import io.penstock.rate.BudgetState;
import io.penstock.record.StreamId;
import io.penstock.retry.RetryBudget;
import io.penstock.runner.summary.RunSummary;
import io.penstock.sink.WriteMode;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges a world: every check names what must hold, and what was found instead. */
final class Oracle {

    /** Quick repeats that the retry budget allows, first tries, and what is under way when a server goes down. */
    private static final int SUDDEN = 70;

    private final World world;

    Oracle(World world) {
        this.world = world;
    }

    private static void require(boolean holds, String what, Object found) {
        if (!holds) {
            throw new Violation("expected " + what + ", found " + found);
        }
    }

    /** What the API holds now, by stream. */
    Map<String, List<String>> truth() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        world.scenario.modes().keySet().forEach(stream -> all.put(stream, world.truth.texts(stream)));
        return all;
    }

    private List<String> stored(String stream) {
        return world.store.texts(StreamId.of("shop", stream));
    }

    /** Whatever happens: nothing doubled, nothing half visible, nobody rude. */
    void sound() {
        require(
                world.store.offences().isEmpty(),
                "an engine that keeps to the sink's contract",
                world.store.offences());
        world.scenario.modes().forEach((stream, mode) -> {
            List<String> rows = stored(stream);
            Set<String> once = new HashSet<>(rows);
            require(rows.size() == once.size(), "no row of " + stream + " twice", doubled(rows));
            List<String> truth = world.truth.texts(stream);
            if (mode == WriteMode.APPEND) {
                require(
                        new HashSet<>(truth).containsAll(rows),
                        "rows of " + stream + " that exist only",
                        less(rows, truth));
            }
            if (mode == WriteMode.REPLACE && (stream.equals("parts") || stream.equals("members"))) {
                require(
                        rows.isEmpty() || rows.equals(truth),
                        "all of " + stream + " or nothing",
                        rows.size() + " of " + truth.size());
            }
        });
        world.lives.forEach(life -> require(
                life.manners().offences().isEmpty(),
                "good manners",
                life.manners().offences()));
    }

    private static List<String> doubled(List<String> rows) {
        Set<String> seen = new HashSet<>();
        return rows.stream().filter(row -> !seen.add(row)).toList();
    }

    private static List<String> less(List<String> from, List<String> what) {
        Set<String> known = new HashSet<>(what);
        return from.stream().filter(row -> !known.contains(row)).toList();
    }

    /** A process between two runs: it holds nothing and waits for nothing. */
    void atRest(Life life, RunSummary summary) {
        require(
                summary.failures().stream().noneMatch(failure -> failure.code().equals("Bug")),
                "failures of known kinds only",
                summary.failures());
        Shared shared = life.resources().shared();
        for (BudgetState budget : shared.budgets().states()) {
            require(budget.inFlight() == 0 && budget.waiting() == 0, "all permits back and nobody waiting", budget);
        }
        CircuitBreaker.View breaker =
                shared.breakers().breaker(Bug.key(), BreakerPolicy.DEFAULT).view();
        require(breaker.out() == 0 && breaker.waiting() == 0, "all passes back and nobody waiting", breaker);
        RetryBudget.Usage repeats = shared.repeats().budget(Bug.key()).usage();
        require(repeats.out() == 0 && repeats.waiting() == 0, "all leases settled and nobody waiting", repeats);
        require(
                life.held().free() == world.scenario.held(),
                world.scenario.held() + " bytes free",
                life.held().free());
        require(
                life.manners().open() == 0,
                "no request under way",
                life.manners().open());
        require(life.clock().pending() == 0, "no timer left", life.clock().pending() + " of them");
        require(world.store.openStages() == 0, "no stage open", world.store.openStages());
        require(!world.store.claimed(), "the store's lock given back", "it held");
    }

    /** A run that says that all is well has everything that was there when it began. */
    void honest(RunSummary summary, Map<String, List<String>> before) {
        if (summary.exitCode() == 0) {
            before.forEach((stream, rows) -> {
                if (!(stream.equals("orders") && world.scenario.mayChange())) {
                    List<String> missing = less(rows, stored(stream));
                    require(
                            missing.isEmpty(),
                            "every row of " + stream + " after success",
                            "these missing: " + missing);
                }
            });
        }
    }

    /** Nothing is in the way any more: the run must succeed, and the store must hold the truth. */
    void complete(RunSummary summary) {
        require(summary.exitCode() == 0, "success once nothing is in the way", summary.toJson());
        truth().forEach((stream, rows) -> {
            List<String> stored = stored(stream);
            require(
                    stored.equals(rows),
                    "exactly the truth in " + stream,
                    "missing " + less(rows, stored) + ", too many " + less(stored, rows) + ", doubled "
                            + doubled(stored));
        });
    }

    /** So many tries and no more, whatever went wrong. */
    void bounded() {
        int runs = world.lives.stream().mapToInt(Life::runs).sum();
        int each = world.truth.pages(world.scenario.pageSize()) * (2 + world.scenario.readAhead()) + 10;
        int most = world.fate.struck() + 2 * runs * each;
        require(world.tries() <= most, "at most " + most + " tries in " + runs + " runs", world.tries());
    }

    /** A server that is down is asked seldom. */
    void spared(long from, long until) {
        for (Life life : world.lives) {
            int tries = life.manners().tries(from, until);
            long most = SUDDEN + (until - from) / Duration.ofSeconds(5).toNanos();
            require(
                    tries <= most,
                    "at most " + most + " tries in an outage of " + Duration.ofNanos(until - from),
                    tries);
        }
    }
}
