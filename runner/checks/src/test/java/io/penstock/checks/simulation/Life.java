package io.penstock.checks.simulation;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.breaker.Breakers;
import io.penstock.checks.simulation.api.Manners;
import io.penstock.checks.simulation.api.ModelTransport;
import io.penstock.checks.simulation.api.Truth;
import io.penstock.checks.simulation.store.Perils;
import io.penstock.checks.simulation.store.QuotaStore;
import io.penstock.checks.simulation.store.StoreSink;
import io.penstock.checks.simulation.time.Clockwork;
import io.penstock.client.ClientResources;
import io.penstock.rate.Budgets;
import io.penstock.record.HeldBytes;
import io.penstock.retry.RetryBudgets;
import io.penstock.runner.host.Host;
import io.penstock.runner.run.RunHandle;
import io.penstock.runner.run.RunOptions;
import io.penstock.runner.run.Runner;
import io.penstock.runner.summary.Failure;
import io.penstock.runner.summary.RunSummary;
import io.penstock.sink.Sink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** One process, from its start to its end or its kill. It may run its plan several times. */
final class Life {

    private static final long LONGEST = Duration.ofHours(12).toNanos();
    private static final long PATIENCE = Duration.ofMinutes(10).toNanos();
    private static final int SIGTERM = 143;

    private final World world;
    private final int number;
    private final Clockwork clock;
    private final Manners manners;
    private final Perils perils;
    private final HeldBytes held;
    private final ClientResources resources;
    private final Runner runner;
    private final StoreSink sink;
    private int runs;

    Life(World world, int number) {
        this.world = world;
        this.number = number;
        this.clock = new Clockwork(world.time);
        this.manners = new Manners(world.scenario.limits(), world.scenario.concurrency());
        this.perils = new Perils(world.fate, clock, world.trace);
        this.held = HeldBytes.of(world.scenario.held());
        this.sink = new StoreSink(world.store, perils, number);
        SplittableRandom random = world.dice.split();
        ClientResources.Shared shared = new ClientResources.Shared(
                new Budgets(clock, random, new QuotaStore(world.quotas, perils), new WallClock()),
                new Breakers(clock, random),
                new RetryBudgets(clock));
        ModelTransport network = new ModelTransport(world.truth, world.fate, manners, clock, world.trace);
        this.resources = new ClientResources(world.bug.around(network, clock), shared, clock, new WallClock(), random);
        Host host = new Host(resources::client, clock, new WallClock(), random, new SimpleMeterRegistry());
        this.runner = new Runner(host);
    }

    /** Wall time, as far off the server's as the world says. */
    private final class WallClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Truth.BEGIN.plusNanos(world.now()).plus(world.skew);
        }
    }

    Sink sink() {
        return sink;
    }

    Manners manners() {
        return manners;
    }

    Clockwork clock() {
        return clock;
    }

    ClientResources resources() {
        return resources;
    }

    HeldBytes held() {
        return held;
    }

    int runs() {
        return runs;
    }

    void note(String what) {
        world.trace.add(world.now(), what);
    }

    /** Whether it was killed. */
    boolean dead() {
        return clock.halted();
    }

    /** How a run has ended; empty if the process did not survive it. */
    Optional<RunSummary> run(Ending ending) {
        runs++;
        world.truth.reach(world.serverTime());
        RunOptions options = RunOptions.builder().held(held).build();
        AtomicReference<RunHandle> started = new AtomicReference<>();
        clock.schedule(() -> started.set(runner.start(world.plan, options, event -> {})));
        clock.advanceTo(world.now());
        RunHandle handle = started.get();
        CompletableFuture<RunSummary> done = handle.done().toFuture();
        drive(handle, done, ending);
        if (dead()) {
            world.trace.add(world.now(), "process " + number + " is dead");
            world.store.died(number);
            return Optional.empty();
        }
        while (perils.saving() && clock.nextDue() >= 0) {
            clock.advanceTo(clock.nextDue()); // what is being stored is stored, whoever still wants to know
        }
        RunSummary summary = done.join();
        world.trace.add(
                world.now(),
                "exit " + summary.exitCode() + " "
                        + summary.failures().stream().map(Life::told).toList());
        world.bug.after(this);
        return Optional.of(summary);
    }

    private static String told(Failure failure) {
        return failure.code() + " of " + failure.place().stream().orElse("-") + "/"
                + failure.place().slice().orElse("-") + ": " + failure.message();
    }

    private void drive(RunHandle handle, CompletableFuture<RunSummary> done, Ending ending) {
        long begun = world.now();
        long stopAt = ending.stop().map(after -> begun + after.toNanos()).orElse(Long.MAX_VALUE);
        long killAt = ending.kill().map(after -> begun + after.toNanos()).orElse(Long.MAX_VALUE);
        boolean noticed = false;
        while (!done.isDone() && !dead()) {
            long due = clock.nextDue();
            long next = due < 0 ? Long.MAX_VALUE : due;
            if (killAt != Long.MAX_VALUE && next >= killAt) {
                clock.advanceTo(killAt);
                clock.halt();
            } else if (stopAt != Long.MAX_VALUE && next >= stopAt) {
                clock.advanceTo(stopAt);
                world.trace.add(world.now(), "stop");
                clock.schedule(() -> handle.stop(SIGTERM));
                stopAt = Long.MAX_VALUE;
            } else if (!noticed && next - PATIENCE > perils.hangingSince()) {
                noticed = true; // somebody sees that the store does not answer
                stopAt = Math.min(stopAt, Math.max(world.now(), perils.hangingSince() + PATIENCE));
            } else if (next == Long.MAX_VALUE || next > begun + LONGEST) {
                throw new Violation("the run hangs, and nothing is due: " + handle.progress());
            } else {
                clock.advanceTo(next);
            }
        }
    }
}
