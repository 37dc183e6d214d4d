package io.penstock.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.penstock.error.TryLater.UpstreamError;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import io.penstock.retry.RetryBudget.Cost;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

/** Takes about three seconds. */
class RetryBudgetTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long SEED = 20_261_123;
    private static final ApiRequest GET = ApiRequest.of(Method.GET, URI.create("https://api.example.com/items"));

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final RetryBudget budget = new RetryBudget(timer);
    private final List<Lease> got = new ArrayList<>();

    private void spendAll() {
        for (int i = 0; i < 100; i++) {
            budget.takeNow(Cost.THROTTLE).orElseThrow().spend();
        }
        assertThat(budget.usage().tokens()).isZero();
    }

    @Test
    void holdsThirtyFiveQuickRepeatsAndNotOneMore() {
        for (int i = 0; i < 35; i++) {
            assertThat(budget.takeNow(Cost.TRANSIENT)).isPresent();
        }
        assertThat(budget.takeNow(Cost.TRANSIENT)).isEmpty();
    }

    @Test
    void fillsByOneTokenInTwoSeconds() {
        spendAll();
        budget.take(Cost.TRANSIENT).subscribe(got::add);
        timer.advanceTimeBy(Duration.ofMillis(27_999));
        assertThat(got).isEmpty();
        timer.advanceTimeBy(Duration.ofMillis(1));
        assertThat(got).hasSize(1);
    }

    @Test
    void neverHoldsMoreThanFiveHundred() {
        timer.advanceTimeBy(Duration.ofDays(1));
        budget.succeeded();
        assertThat(budget.usage().tokens()).isEqualTo(500);
    }

    @Test
    void aSuccessAtTheFirstTryGivesOneToken() {
        spendAll();
        for (int i = 0; i < 5; i++) {
            budget.succeeded();
        }
        assertThat(budget.takeNow(Cost.THROTTLE)).isPresent();
    }

    @Test
    void whatIsGivenBackGoesToTheFirstInLineAtOnce() {
        List<Lease> held = new ArrayList<>();
        for (int i = 0; i < 35; i++) {
            held.add(budget.takeNow(Cost.TRANSIENT).orElseThrow());
        }
        budget.take(Cost.TRANSIENT).subscribe(got::add);
        assertThat(budget.takeNow(Cost.THROTTLE)).as("nobody is overtaken").isEmpty();
        held.get(0).giveBack();
        held.get(0).giveBack();
        assertThat(got).hasSize(1);
        assertThat(budget.usage().out()).isEqualTo(35);
    }

    @Test
    void aCheaperOneBehindACancelledOneGoesAtOnce() {
        spendAll();
        timer.advanceTimeBy(Duration.ofSeconds(10));
        Disposable dear = budget.take(Cost.TRANSIENT).subscribe();
        budget.take(Cost.THROTTLE).subscribe(got::add);
        assertThat(got).isEmpty();
        dear.dispose();
        assertThat(got).hasSize(1);
    }

    /** The vector of a full outage: 64 streams that try again and again. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aFullOutageCostsThirtyFiveQuickRepeatsAndThenOneInTwentyEightSeconds(long seed) {
        List<Long> sent = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        RetryPolicy patient = RetryPolicy.builder().maxAttempts(1000).build();
        for (int i = 0; i < 64; i++) {
            Tries tries =
                    patient.tries(GET, new Tries.Means(timer, random, budget, RetryListener.NONE), Context.empty());
            tries.of(() -> {
                        tries.sent();
                        sent.add(timer.now(TimeUnit.MILLISECONDS));
                        return Mono.error(new UpstreamError("down", 503, Duration.ZERO));
                    })
                    .onErrorResume(over -> Mono.empty())
                    .subscribe();
        }
        timer.advanceTimeBy(Duration.ofMinutes(10));
        List<Long> repeats = sent.subList(64, sent.size());
        assertThat(repeats.stream().filter(at -> at < 28_000).count())
                .as("seed %d", seed)
                .isLessThanOrEqualTo(36); // the bucket, and what came by itself until then
        for (int i = 36; i < repeats.size(); i++) {
            assertThat(repeats.get(i) - repeats.get(i - 1)).as("seed %d", seed).isGreaterThanOrEqualTo(28_000 - 1);
        }
        assertThat(repeats.size()).as("seed %d", seed).isBetween(50, 35 + 600 / 28 + 1);
        assertThat(budget.usage().out()).isLessThanOrEqualTo(64);
    }

    @Test
    void aSuccessAfterRepeatsGivesBackWhatTheLastOfThemCost() {
        int[] count = {0};
        Tries tries = RetryPolicy.DEFAULT.tries(
                GET, new Tries.Means(timer, new SplittableRandom(SEED), budget, RetryListener.NONE), Context.empty());
        tries.of(() -> {
                    tries.sent();
                    return ++count[0] < 3 ? Mono.error(new UpstreamError("down", 503, Duration.ZERO)) : Mono.just(1);
                })
                .subscribe();
        timer.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(count[0]).isEqualTo(3);
        assertThat(budget.usage()).isEqualTo(new RetryBudget.Usage(486, 0, 0));
    }

    @Test
    void aRepeatThatIsCancelledBeforeItIsSentCostsNothing() {
        int[] count = {0};
        Tries tries = RetryPolicy.DEFAULT.tries(
                GET, new Tries.Means(timer, new SplittableRandom(SEED), budget, RetryListener.NONE), Context.empty());
        Disposable run = tries.of(() -> ++count[0] == 1
                        ? Mono.error(new UpstreamError("down", 503, Duration.ZERO))
                        : Mono.never()) // waits for a permit, say
                .subscribe();
        timer.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(budget.usage().out()).isEqualTo(1);
        run.dispose();
        assertThat(budget.usage()).isEqualTo(new RetryBudget.Usage(500, 0, 0));
    }

    @Test
    void aHundredThousandRandomCancelsLeaveNothingBehind() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Disposable> asked = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            asked.add(budget.take(random.nextBoolean() ? Cost.TRANSIENT : Cost.THROTTLE)
                    .flatMap(lease -> Mono.delay(Duration.ofMillis(random.nextInt(50)), timer)
                            .doOnNext(late -> settle(lease, random.nextInt(10)))
                            .doFinally(end -> lease.giveBack()))
                    .subscribe());
            if (random.nextInt(3) == 0) {
                timer.advanceTimeBy(Duration.ofMillis(random.nextInt(5_000)));
            }
            asked.get(random.nextInt(asked.size())).dispose();
        }
        asked.forEach(Disposable::dispose);
        assertThat(budget.usage().waiting()).as("seed %d", SEED).isZero();
        assertThat(budget.usage().out()).as("seed %d", SEED).isZero();
        timer.advanceTimeBy(Duration.ofSeconds(1_000));
        assertThat(budget.usage().tokens()).isEqualTo(500);
    }

    private static void settle(Lease lease, int end) {
        if (end == 0) {
            lease.spend();
        }
    }

    @Test
    void cancelsThatRaceWithLeasesLoseNoToken() {
        Scheduler workers = Schedulers.newParallel("race", 4);
        RetryBudget raced = new RetryBudget(workers);
        for (int i = 0; i < 98; i++) {
            raced.takeNow(Cost.THROTTLE).orElseThrow().spend();
        }
        Long ended = Flux.range(0, 20_000)
                .flatMap(
                        i -> Flux.defer(() -> {
                                    Stake stake = new Stake(); // as whoever repeats keeps its tokens, cancelled or not
                                    return raced.take(Cost.THROTTLE)
                                            .doOnNext(stake::put)
                                            .publishOn(workers)
                                            .doFinally(end -> stake.close());
                                })
                                .subscribeOn(workers)
                                .takeUntilOther(Mono.just(1).publishOn(workers))
                                .then(Mono.just(1)),
                        16)
                .count()
                .block(LIMIT);
        assertThat(ended).isEqualTo(20_000);
        await().atMost(LIMIT) // whoever was handing out at the end is still at it
                .untilAsserted(() -> {
                    assertThat(raced.usage().out()).isZero();
                    assertThat(raced.usage().waiting()).isZero();
                });
        assertThat(raced.usage().tokens()).isGreaterThanOrEqualTo(10);
        workers.dispose();
    }
}
