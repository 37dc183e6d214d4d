package io.penstock.checks.simulation;

import io.penstock.checks.simulation.api.Truth;
import io.penstock.checks.simulation.fate.Fate;
import io.penstock.checks.simulation.store.Store;
import io.penstock.checks.simulation.time.Trace;
import io.penstock.config.SecretSource;
import io.penstock.connectors.rest.RestProvider;
import io.penstock.runner.catalogue.Catalogue;
import io.penstock.runner.plan.Plan;
import io.penstock.sink.Sink;
import io.penstock.store.ByteStore;
import io.penstock.store.MemoryByteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** All that outlives a process: time, the API, the store, and fate. For one thread. */
final class World {

    final VirtualTimeScheduler time;
    final Trace trace;
    final Truth truth;
    final Fate fate;
    final Store store;
    final Scenario scenario;
    final Bug bug;
    final ByteStore quotas = new MemoryByteStore();
    final SplittableRandom dice;
    final Plan plan;
    final Oracle oracle;
    final List<Life> lives = new ArrayList<>();

    /** How far the wall clock of the processes is off the server's. */
    Duration skew = Duration.ZERO;

    private @Nullable Sink sink;

    /** A world at the beginning of its time. */
    World(Scenario scenario, Truth truth, Fate fate, SplittableRandom dice, Bug bug, Trace trace) {
        this.time = VirtualTimeScheduler.create();
        VirtualTimeScheduler.set(time); // what closes a connection goes to a scheduler of its own
        this.trace = trace;
        this.truth = truth;
        this.fate = fate;
        this.dice = dice;
        this.scenario = scenario;
        this.bug = bug;
        this.store = new Store(scenario.cadence());
        store.doubling = bug == Bug.COMMITS_TWICE;
        store.forgetful = bug == Bug.LOSES_A_ROW;
        Catalogue catalogue =
                Catalogue.of(List.of(bug.around(new RestProvider())), List.of(new ModelProvider(this::sink)));
        this.plan =
                Plan.parse("model.yaml", Path.of("."), bug.plan(scenario).plan(), catalogue, SecretSource.of(Map.of()));
        this.oracle = new Oracle(this);
    }

    private Sink sink() {
        if (sink == null) {
            throw new IllegalStateException("nobody is alive");
        }
        return sink;
    }

    long now() {
        return time.now(TimeUnit.NANOSECONDS);
    }

    /** The server's time. */
    Instant serverTime() {
        return Truth.BEGIN.plusNanos(now());
    }

    /** A new process. */
    Life begin() {
        Life life = new Life(this, lives.size() + 1);
        lives.add(life);
        sink = life.sink();
        trace.add(now(), "process " + lives.size() + " begins");
        return life;
    }

    /** Lets time pass while nobody is alive. */
    void idle(Duration span) {
        time.advanceTimeBy(span);
        truth.reach(serverTime());
    }

    int tries() {
        return lives.stream().mapToInt(life -> life.manners().tries()).sum();
    }
}
