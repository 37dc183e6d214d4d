package io.penstock.rate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.StateFailure.StateConflict;
import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.store.ByteStore;
import io.penstock.store.MemoryByteStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Quotas of a day that survive a restart, however it came about. Under 5 s. */
class SavedQuotaTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Instant MORNING = Instant.parse("2026-11-21T06:00:00Z");

    private final MemoryByteStore store = new MemoryByteStore();
    private final List<Long> grants = new ArrayList<>();
    private final List<Disposable> timers = new ArrayList<>();
    private Instant started = MORNING;
    private VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private Permits permits = start(store, "100/d");

    @BeforeEach
    void forget() {
        grants.clear();
    }

    /** A run that begins at {@code started} and knows nothing but what is stored. */
    private Permits start(ByteStore kept, String... limits) {
        timer = VirtualTimeScheduler.create();
        timers.clear();
        permits = new Budgets(new Noting(), new SplittableRandom(7), kept, Clock.fixed(started, ZoneOffset.UTC))
                .permits("key", Stream.of(limits).map(RateLimit::parse).toList(), 10_000);
        return permits;
    }

    private Instant wall() {
        return started.plusNanos(timer.now(TimeUnit.NANOSECONDS));
    }

    /** Ends the run as a kill does, without a word, and begins the next. */
    private void restartAfter(Duration pause, String... limits) {
        started = wall().plus(pause);
        start(store, limits);
    }

    private void ask(int count) {
        for (int i = 0; i < count; i++) {
            permits.acquire(1).subscribe(permit -> grants.add(wall().toEpochMilli()), error -> {});
        }
    }

    @Test
    void whatWasSpentBeforeARestartIsSpentAfterIt() {
        ask(60);
        assertThat(grants).hasSize(60);
        restartAfter(Duration.ofHours(1), "100/d");
        ask(60);
        assertThat(grants).hasSizeBetween(98, 100);
        timer.advanceTimeBy(Duration.ofHours(24));
        assertThat(grants).hasSize(120);
    }

    @Test
    void noKillHoweverOftenLetsADayHoldMoreThanItsLimit() {
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < 200; run++) {
            ask(random.nextInt(60));
            timer.advanceTimeBy(Duration.ofMinutes(random.nextInt(300)));
            restartAfter(Duration.ofSeconds(random.nextInt(7_200)), "100/d");
        }
        WindowCounter day = new WindowCounter(Duration.ofDays(1).toMillis());
        grants.forEach(at -> day.grant(at, 1));
        assertThat(day.most()).isBetween(80L, 100L);
        long days =
                Duration.ofMillis(grants.get(grants.size() - 1) - grants.get(0)).toDays();
        assertThat(grants.size()).as("use of the quota").isGreaterThan((int) (days * 60));
    }

    @Test
    void aShortLimitBeginsAnew() {
        start(store, "10/m");
        ask(10);
        restartAfter(Duration.ZERO, "10/m");
        ask(10);
        assertThat(grants).hasSize(20);
    }

    @Test
    void anotherLimitOfTheSameWindowCountsWhatWasSpent() {
        ask(50);
        restartAfter(Duration.ZERO, "60/d");
        ask(20);
        assertThat(grants).hasSizeBetween(58, 60);
    }

    @Test
    void aClockThatWentBackForgetsNothing() {
        ask(90);
        restartAfter(Duration.ofDays(-3), "100/d");
        ask(20);
        assertThat(grants).hasSizeBetween(98, 100);
    }

    @Test
    void whatIsOverIsForgotten() {
        ask(100);
        restartAfter(Duration.ofHours(25), "100/d");
        ask(100);
        assertThat(grants).hasSize(200);
    }

    @Test
    void aDebtIsKeptToo() {
        requireNonNull(permits.acquire(1).block(LIMIT)).settle(80);
        ask(1);
        restartAfter(Duration.ZERO, "100/d");
        ask(100);
        assertThat(grants).hasSizeBetween(17, 20);
    }

    @Test
    void storesAHundredthAheadAndNotEachGrant() {
        int[] writes = {0};
        ByteStore counting = new ByteStore() {
            @Override
            public Mono<Stored> read(String name) {
                return store.read(name);
            }

            @Override
            public Mono<Long> replace(String name, long expected, byte[] bytes) {
                writes[0]++;
                return store.replace(name, expected, bytes);
            }
        };
        start(counting, "5000/d");
        ask(5000);
        assertThat(grants).hasSize(5000);
        assertThat(writes[0]).isBetween(100, 250);
    }

    @Test
    void aStoreThatFailsIsToldToThoseWhoWaitAndAskedAgainByTheNext() {
        boolean[] broken = {true};
        ByteStore failing = new ByteStore() {
            @Override
            public Mono<Stored> read(String name) {
                return broken[0] ? Mono.error(new StateCorrupt("no disk")) : store.read(name);
            }

            @Override
            public Mono<Long> replace(String name, long expected, byte[] bytes) {
                return store.replace(name, expected, bytes);
            }
        };
        start(failing, "100/d");
        StepVerifier.create(permits.acquire(1)).expectErrorMessage("no disk").verify(LIMIT);
        assertThat(permits.usage()).isEqualTo(new Permits.Usage(0, 0, 0, Duration.ZERO));
        broken[0] = false;
        StepVerifier.create(permits.acquire(1))
                .expectNextCount(1)
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void twoProcessesOnOneQuotaAreTold() {
        ask(1);
        Permits first = permits;
        Permits second = start(store, "100/d");
        second.acquire(1).block(LIMIT);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        first.acquire(1).block(LIMIT);
                    }
                })
                .isInstanceOf(StateConflict.class);
    }

    @Test
    void whoIsToldOfAConflictWhileWaitingLeavesNoTimer() {
        Sinks.Empty<Void> saving = Sinks.empty();
        start(
                new ByteStore() {
                    private int saves;

                    @Override
                    public Mono<Stored> read(String name) {
                        return store.read(name);
                    }

                    @Override
                    public Mono<Long> replace(String name, long expected, byte[] bytes) {
                        Mono<Long> saved = store.replace(name, expected, bytes);
                        return saves++ == 0 ? saved : saving.asMono().then(saved);
                    }
                },
                "10/m",
                "400/d");
        permits.acquire(8).block(LIMIT);
        StepVerifier.create(permits.acquire(3)) // needs more of the minute; little is stored ahead of the day
                .expectSubscription()
                .then(() -> assertThat(timers).hasSize(1).noneMatch(Disposable::isDisposed))
                .then(() -> saving.tryEmitError(new StateConflict("another run has it")))
                .expectError(StateConflict.class)
                .verify(LIMIT);
        assertThat(timers).allMatch(Disposable::isDisposed);
    }

    @Test
    void somethingElseUnderTheNameIsCorrupt() {
        String[] name = {""};
        start(
                new ByteStore() {
                    @Override
                    public Mono<Stored> read(String entry) {
                        name[0] = entry;
                        return Mono.just(new Stored(3, "penstock quota 1\n100/d x".getBytes(StandardCharsets.UTF_8)));
                    }

                    @Override
                    public Mono<Long> replace(String entry, long expected, byte[] bytes) {
                        return Mono.error(new AssertionError("must not overwrite"));
                    }
                },
                "100/d");
        StepVerifier.create(permits.acquire(1))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(StateCorrupt.class)
                        .hasMessageContaining("penstock quota 1")
                        .hasMessageContaining("delete it"))
                .verify(LIMIT);
        assertThat(name[0]).startsWith("quota-").doesNotContain("key");
    }

    /** The virtual time, with the timers that were set. */
    private final class Noting implements Scheduler {

        @Override
        public Disposable schedule(Runnable task) {
            return timer.schedule(task);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            Disposable set = timer.schedule(task, delay, unit);
            timers.add(set);
            return set;
        }

        @Override
        public Worker createWorker() {
            return timer.createWorker();
        }

        @Override
        public long now(TimeUnit unit) {
            return timer.now(unit);
        }
    }
}
