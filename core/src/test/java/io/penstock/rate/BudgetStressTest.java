package io.penstock.rate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.rate.Permits.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

class BudgetStressTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long SEED = 20_261_121;

    @Test
    void aHundredThousandRandomCancelsLeaveNothingBehind() {
        VirtualTimeScheduler timer = VirtualTimeScheduler.create();
        SplittableRandom random = new SplittableRandom(SEED);
        Permits permits = new Budgets(timer, random).permits("key", List.of(RateLimit.parse("50/s")), 20);
        List<Disposable> asked = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            asked.add(permits.acquire(1 + random.nextInt(3))
                    .flatMap(permit -> Mono.delay(Duration.ofMillis(10), timer).doFinally(end -> permit.release()))
                    .subscribe());
            if (random.nextInt(3) == 0) {
                timer.advanceTimeBy(Duration.ofMillis(random.nextInt(20)));
            }
            asked.get(random.nextInt(asked.size())).dispose();
        }
        asked.forEach(Disposable::dispose);
        assertThat(permits.usage().waiting()).as("seed %d", SEED).isZero();
        assertThat(permits.usage().inFlight()).as("seed %d", SEED).isZero();
        timer.advanceTimeBy(Duration.ofSeconds(2));
        assertThat(permits.acquire(50).block(LIMIT)).isNotNull();
    }

    @Test
    void manyThreadsNeverHoldMorePermitsThanThereAreSlotsAndNoneIsLost() {
        Scheduler workers = Schedulers.newParallel("stress", 4);
        AtomicInteger out = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Permits permits = new Budgets(workers, new SplittableRandom(SEED)).permits("key", List.of(), 3);
        long served = requireNonNull(Flux.range(0, 40_000)
                .flatMap(
                        i -> permits.acquire(1)
                                .subscribeOn(workers)
                                .publishOn(workers)
                                .map(permit -> use(permit, out, most)),
                        16)
                .count()
                .block(LIMIT));
        workers.dispose();
        assertThat(served).isEqualTo(40_000);
        assertThat(most).hasValueBetween(1, 3);
        assertThat(permits.usage()).isEqualTo(new Permits.Usage(0, 0, 40_000, Duration.ZERO));
    }

    private static int use(Permit permit, AtomicInteger out, AtomicInteger most) {
        most.accumulateAndGet(out.incrementAndGet(), Math::max);
        out.decrementAndGet();
        permit.release();
        return 1;
    }

    /** A permit that is taken at once is in the hands of whoever took it: it must be held before anything can be cancelled. */
    private static Flux<Integer> eitherWay(Permits permits, int i, Scheduler workers) {
        Function<Permit, Mono<Integer>> work =
                permit -> Mono.just(i).publishOn(workers).doFinally(end -> permit.release());
        Optional<Permit> now = i % 2 == 0 ? permits.acquireNow(1, Asker.ANYBODY) : Optional.empty();
        return now.map(permit -> work.apply(permit).flux())
                .orElseGet(() -> permits.acquire(1).flux().flatMap(work, 1));
    }

    @Test
    void cancelsThatRaceWithGrantsLoseNoSlot() {
        Scheduler workers = Schedulers.newParallel("race", 4);
        Permits permits = new Budgets(workers, new SplittableRandom(SEED)).permits("key", List.of(), 2);
        long ended = requireNonNull(Flux.range(0, 40_000)
                .flatMap(
                        i -> Flux.defer(() -> eitherWay(permits, i, workers))
                                .subscribeOn(workers)
                                .takeUntilOther(Mono.just(1).publishOn(workers))
                                .then(Mono.just(1)),
                        16)
                .count()
                .block(LIMIT));
        assertThat(ended).isEqualTo(40_000);
        assertThat(permits.acquire(1).flatMap(a -> permits.acquire(1)).block(LIMIT))
                .isNotNull();
        assertThat(permits.usage().inFlight()).isEqualTo(2);
        assertThat(permits.usage().waiting()).isZero();
        workers.dispose();
    }

    @Test
    void realTimersKeepTheLimit() {
        Scheduler timer = Schedulers.parallel();
        Permits permits =
                new Budgets(timer, new SplittableRandom(SEED)).permits("key", List.of(RateLimit.parse("20/20ms")), 8);
        List<Long> grants = requireNonNull(Flux.range(0, 200)
                .flatMap(
                        i -> permits.acquire(1).map(permit -> {
                            long at = timer.now(TimeUnit.NANOSECONDS);
                            permit.release();
                            return at;
                        }),
                        8)
                .collectList()
                .block(LIMIT));
        assertThat(grants).hasSize(200);
        assertThat(permits.usage().granted()).isEqualTo(200);
        // first and last grant are ten full windows and guards apart, less one
        assertThat(grants.get(199) - grants.get(0))
                .isGreaterThanOrEqualTo(Duration.ofMillis(9 * 40 - 20).toNanos());
    }
}
