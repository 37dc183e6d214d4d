package io.penstock.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.breaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Takes about three seconds. */
class CircuitBreakerTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long SEED = 20_261_122;

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final CircuitBreaker breaker = new CircuitBreaker(BreakerPolicy.DEFAULT, timer, new SplittableRandom(SEED));
    private final List<Pass> got = new ArrayList<>();

    private Disposable enter() {
        return breaker.enter().subscribe(got::add);
    }

    private void open() {
        for (int i = 0; i < 10; i++) {
            breaker.enterNow().orElseThrow().failed(Duration.ZERO);
        }
        assertThat(breaker.view().state()).isEqualTo(State.OPEN);
    }

    @Test
    void whoeverMeetsAnOpenCircuitWaitsForTheProbesAndThenAllPass() {
        open();
        for (int i = 0; i < 5; i++) {
            enter();
        }
        timer.advanceTimeBy(Duration.ofMillis(11_999));
        assertThat(got).isEmpty();
        timer.advanceTimeBy(Duration.ofMillis(6_001));
        for (int probes = 1; probes <= 3; probes++) {
            assertThat(got).hasSize(probes).last().matches(Pass::probe);
            got.get(probes - 1).succeeded(Duration.ZERO);
        }
        assertThat(got).hasSize(5);
        assertThat(breaker.view().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void aCancelledProbeFreesItsPlace() {
        open();
        enter();
        enter();
        timer.advanceTimeBy(Duration.ofSeconds(18));
        assertThat(got).hasSize(1);
        got.get(0).release();
        assertThat(got).hasSize(2);
    }

    @Test
    void aPassOfAClosedCircuitIsNoLongerCurrentOnceItHasOpened() {
        Pass early = breaker.enterNow().orElseThrow();
        open();
        assertThat(early.current()).isFalse();
        early.succeeded(Duration.ZERO);
        assertThat(breaker.view().state()).isEqualTo(State.OPEN);
    }

    @Test
    void whatBreaksOffAfterAGoodHeaderSectionCountsAsAFailure() {
        open();
        enter();
        timer.advanceTimeBy(Duration.ofSeconds(18));
        got.get(0).succeeded(Duration.ZERO);
        got.get(0).failed(Duration.ZERO);
        assertThat(breaker.view().state()).isEqualTo(State.OPEN);
        assertThat(breaker.view().opened()).isEqualTo(2);
    }

    @Test
    void nothingIsTakenBeforeDemand() {
        StepVerifier.create(breaker.enter(), 0)
                .expectSubscription()
                .then(() -> assertThat(breaker.view().out()).isZero())
                .thenRequest(1)
                .expectNextCount(1)
                .expectComplete()
                .verify(LIMIT);
        assertThat(breaker.view().out()).isEqualTo(1);
    }

    @Test
    void anOperatorOpensAndClosesIt() {
        breaker.forceOpen();
        enter();
        timer.advanceTimeBy(Duration.ofHours(1));
        assertThat(got).isEmpty();
        breaker.close();
        assertThat(got).hasSize(1);
        breaker.disable();
        for (int i = 0; i < 50; i++) {
            breaker.enterNow().orElseThrow().failed(Duration.ZERO);
        }
        assertThat(breaker.view().state()).isEqualTo(State.DISABLED);
    }

    @Test
    void aTimerThatIsGoneIsAnErrorAndNotAWaitForEver() {
        Scheduler gone = Schedulers.newSingle("gone");
        CircuitBreaker left = new CircuitBreaker(BreakerPolicy.DEFAULT, gone, new SplittableRandom(SEED));
        for (int i = 0; i < 10; i++) {
            left.enterNow().orElseThrow().failed(Duration.ZERO);
        }
        gone.dispose();
        StepVerifier.create(left.enter())
                .expectError(IllegalStateException.class)
                .verify(LIMIT);
    }

    @Test
    void aHundredThousandRandomCancelsLeaveNothingBehind() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Disposable> asked = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            asked.add(breaker.enter()
                    .flatMap(pass -> Mono.delay(Duration.ofMillis(random.nextInt(50)), timer)
                            .doOnNext(late -> tell(pass, random.nextInt(3)))
                            .doFinally(end -> pass.release()))
                    .subscribe());
            if (random.nextInt(3) == 0) {
                timer.advanceTimeBy(Duration.ofMillis(random.nextInt(100)));
            }
            asked.get(random.nextInt(asked.size())).dispose();
        }
        asked.forEach(Disposable::dispose);
        assertThat(breaker.view().waiting()).as("seed %d", SEED).isZero();
        assertThat(breaker.view().out()).as("seed %d", SEED).isZero();
        timer.advanceTimeBy(Duration.ofMinutes(2));
        enter();
        assertThat(got).as("no probe's place is lost").hasSize(1);
    }

    private static void tell(Pass pass, int end) {
        if (end == 0) {
            pass.failed(Duration.ZERO);
        } else if (end == 1) {
            pass.succeeded(Duration.ZERO);
        }
    }

    @Test
    void cancelsThatRaceWithPassesLoseNoProbe() {
        Scheduler workers = Schedulers.newParallel("race", 4);
        BreakerPolicy quick = BreakerPolicy.builder()
                .base(Duration.ofNanos(1))
                .cap(Duration.ofMillis(1))
                .build();
        CircuitBreaker raced = new CircuitBreaker(quick, workers, new SplittableRandom(SEED));
        Long ended = Flux.range(0, 20_000)
                .flatMap(
                        i -> Flux.defer(() -> {
                                    Held held = new Held();
                                    return raced.enter()
                                            .doOnNext(held::put)
                                            .publishOn(workers)
                                            .doOnNext(pass -> tell(pass, i % 2))
                                            .doFinally(end -> held.letGo());
                                })
                                .subscribeOn(workers)
                                .takeUntilOther(Mono.just(1).publishOn(workers))
                                .then(Mono.just(1)),
                        16)
                .count()
                .block(LIMIT);
        assertThat(ended).isEqualTo(20_000);
        Pass last = raced.enter().block(LIMIT);
        assertThat(last).isNotNull();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(raced.view().out()).isEqualTo(1));
        workers.dispose();
    }

    /** Gives a pass back that comes too late. */
    private static final class Held {

        private @Nullable Pass pass;
        private boolean over;

        synchronized void put(Pass given) {
            if (over) {
                given.release();
            }
            pass = given;
        }

        synchronized void letGo() {
            over = true;
            if (pass != null) {
                pass.release();
            }
        }
    }
}
