package io.penstock.rate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.rate.Permits.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

class BudgetTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final Budgets budgets = new Budgets(timer, new SplittableRandom(7));
    private final List<String> log = new ArrayList<>();

    private Permits permits(int concurrency, String... limits) {
        return budgets.permits("key", Stream.of(limits).map(RateLimit::parse).toList(), concurrency);
    }

    /** Asks, notes when the permit came, and keeps it. */
    private Disposable ask(Permits permits, String name, int cost) {
        return permits.acquire(cost).subscribe(permit -> log.add(name + "@" + millis()));
    }

    private long millis() {
        return timer.now(TimeUnit.MILLISECONDS);
    }

    private void advance(long millis) {
        timer.advanceTimeBy(Duration.ofMillis(millis));
    }

    @Test
    void grantsAtOnceWhatTheWindowHoldsAndTheNextOnePeriodLater() {
        Permits permits = permits(100, "2/s");
        ask(permits, "a", 1);
        ask(permits, "b", 1);
        ask(permits, "c", 1);
        assertThat(log).containsExactly("a@0", "b@0");
        advance(1049);
        assertThat(log).hasSize(2);
        advance(1);
        assertThat(log).containsExactly("a@0", "b@0", "c@1050");
    }

    @Test
    void grantsNothingBeforeDemand() {
        Permits permits = permits(1, "1/s");
        StepVerifier.create(permits.acquire(1), 0)
                .expectSubscription()
                .then(() -> assertThat(permits.usage()).isEqualTo(new Permits.Usage(0, 0, 0, Duration.ZERO)))
                .thenRequest(1)
                .expectNextCount(1)
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void asksAnewForEachSubscription() {
        Permits permits = permits(10, "10/s");
        Mono<Permit> permit = permits.acquire(1);
        assertThat(permits.usage().granted()).isZero();
        Permit first = requireNonNull(permit.block(LIMIT));
        Permit second = requireNonNull(permit.block(LIMIT));
        assertThat(first).isNotSameAs(second);
        assertThat(permits.usage().granted()).isEqualTo(2);
    }

    @Test
    void servesAskersInTheOrderTheyCameEvenBehindAHeavyOne() {
        Permits permits = permits(100, "4/s");
        ask(permits, "a", 3);
        ask(permits, "heavy", 3);
        ask(permits, "light", 1);
        assertThat(log).containsExactly("a@0");
        advance(1050);
        assertThat(log).containsExactly("a@0", "heavy@1050", "light@1050");
    }

    @Test
    void aWaiterThatCancelsLeavesNoTrace() {
        Permits permits = permits(100, "1/s");
        ask(permits, "a", 1);
        Disposable b = ask(permits, "b", 1);
        ask(permits, "c", 1);
        b.dispose();
        assertThat(permits.usage().waiting()).isEqualTo(1);
        advance(1050);
        assertThat(log).containsExactly("a@0", "c@1050");
        assertThat(permits.usage().granted()).isEqualTo(2);
    }

    @Test
    void theLastWaiterToCancelStopsTheTimer() {
        Permits permits = permits(100, "1/h");
        ask(permits, "a", 1);
        Disposable b = ask(permits, "b", 1);
        assertThat(timer.getScheduledTaskCount()).isEqualTo(1);
        b.dispose();
        assertThat(permits.usage()).isEqualTo(new Permits.Usage(0, 1, 1, Duration.ZERO));
        ask(permits, "c", 1);
        advance(Duration.ofHours(1).toMillis() + 250);
        assertThat(log).containsExactly("a@0", "c@3600250");
    }

    @Test
    void aHeavyHeadThatCancelsLetsTheOthersPass() {
        Permits permits = permits(100, "4/s");
        ask(permits, "a", 3);
        Disposable heavy = ask(permits, "heavy", 3);
        ask(permits, "light", 1);
        heavy.dispose();
        assertThat(log).containsExactly("a@0", "light@0");
    }

    @Test
    void cancellingBeforeDemandOrAfterTheEndChangesNothing() {
        Permits permits = permits(1, "1/s");
        BaseSubscriber<Permit> early = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {}
        };
        permits.acquire(1).subscribe(early);
        early.cancel();
        early.request(1);
        assertThat(permits.usage()).isEqualTo(new Permits.Usage(0, 0, 0, Duration.ZERO));
    }

    @Test
    void freesTheSlotOfAPermitWhoseSubscriptionIsCancelled() {
        Permits permits = permits(1);
        AtomicReference<Subscription> upstream = new AtomicReference<>();
        permits.acquire(1).doOnSubscribe(upstream::set).subscribe(permit -> log.add("got it"));
        assertThat(permits.usage().inFlight()).isEqualTo(1);
        requireNonNull(upstream.get()).cancel();
        requireNonNull(upstream.get()).cancel();
        assertThat(permits.usage()).isEqualTo(new Permits.Usage(0, 0, 1, Duration.ZERO));
    }

    @Test
    void aReceiverThatCancelsOutOfItsOwnOnNextKeepsThePermit() {
        Permits permits = permits(1);
        Permit permit = requireNonNull(permits.acquire(1).flux().next().block(LIMIT));
        assertThat(permits.usage().inFlight()).isEqualTo(1);
        permit.release();
        assertThat(permits.usage().inFlight()).isZero();
    }

    @Test
    void aPermitMayBeReleasedTwice() {
        Permits permits = permits(2);
        Permit permit = requireNonNull(permits.acquire(1).block(LIMIT));
        permits.acquire(1).block(LIMIT);
        permit.release();
        permit.release();
        assertThat(permits.usage().inFlight()).isEqualTo(1);
    }

    @Test
    void noMoreAreOutThanThereAreSlots() {
        Permits permits = permits(2);
        List<Permit> out = new ArrayList<>();
        Flux.range(0, 5).flatMap(i -> permits.acquire(1), 5).subscribe(out::add);
        assertThat(out).hasSize(2);
        assertThat(permits.usage()).isEqualTo(new Permits.Usage(3, 2, 2, Duration.ZERO));
        out.get(0).release();
        assertThat(out).hasSize(3);
        new ArrayList<>(out).forEach(Permit::release);
        assertThat(out).hasSize(5);
        out.forEach(Permit::release);
        assertThat(permits.usage()).isEqualTo(new Permits.Usage(0, 0, 5, Duration.ZERO));
    }

    @Test
    void aSlotIsFreedOnSuccessOnErrorAndOnCancel() {
        Permits permits = permits(1);
        for (Mono<Integer> work : List.of(Mono.just(1), Mono.<Integer>error(new IllegalStateException()))) {
            Flux.usingWhen(permits.acquire(1), permit -> work, permit -> Mono.fromRunnable(permit::release))
                    .onErrorComplete()
                    .blockLast(LIMIT);
            assertThat(permits.usage().inFlight()).isZero();
        }
        TestPublisher<Integer> endless = TestPublisher.create();
        Disposable running = permits.acquire(1)
                .flatMapMany(permit -> endless.flux().doFinally(end -> permit.release()))
                .subscribe();
        assertThat(permits.usage().inFlight()).isEqualTo(1);
        running.dispose();
        endless.assertWasCancelled();
        assertThat(permits.usage().inFlight()).isZero();
    }

    @Test
    void aWaitForASlotSpendsNoQuota() {
        Permits permits = permits(1, "2/s");
        Permit first = requireNonNull(permits.acquire(1).block(LIMIT));
        ask(permits, "b", 1);
        advance(5_000);
        first.release();
        ask(permits, "c", 1);
        assertThat(log).containsExactly("b@5000");
        assertThat(permits.usage().granted()).isEqualTo(2);
    }

    @Test
    void severalLimitsHoldTogether() {
        Permits permits = permits(100, "2/s", "3/m");
        for (int i = 0; i < 4; i++) {
            ask(permits, "" + i, 1);
        }
        advance(1050);
        assertThat(log).containsExactly("0@0", "1@0", "2@1050");
        advance(59_199);
        assertThat(log).hasSize(3);
        advance(1);
        assertThat(log).last().isEqualTo("3@60250");
    }

    @Test
    void refusesACostThatCanNeverBeGranted() {
        Permits permits = permits(1, "5/s");
        StepVerifier.create(permits.acquire(6))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("1 to 5")
                        .hasMessageContaining("6"))
                .verify(LIMIT);
        StepVerifier.create(permits.acquire(0))
                .expectError(IllegalArgumentException.class)
                .verify(LIMIT);
        ask(permits, "whole", 5);
        assertThat(log).containsExactly("whole@0");
    }

    @Test
    void aHoldClosesTheGateForEverybody() {
        Permits permits = permits(100, "100/s");
        ask(permits, "a", 1);
        permits.hold(Duration.ofSeconds(30));
        permits.hold(Duration.ofSeconds(3));
        permits.hold(Duration.ofSeconds(-3));
        ask(permits, "b", 1);
        ask(permits, "c", 1);
        assertThat(permits.usage().untilOpen()).isEqualTo(Duration.ofSeconds(30));
        advance(29_999);
        assertThat(log).containsExactly("a@0");
        advance(1);
        assertThat(log).containsExactly("a@0", "b@30000", "c@30000");
        assertThat(permits.usage().untilOpen()).isZero();
    }

    @Test
    void aHoldThatComesWhileTheHeadWaitsIsObeyed() {
        Permits permits = permits(100, "1/s");
        ask(permits, "a", 1);
        ask(permits, "b", 1);
        permits.hold(Duration.ofSeconds(5));
        advance(4_999);
        assertThat(log).containsExactly("a@0");
        advance(1);
        assertThat(log).containsExactly("a@0", "b@5000");
    }

    @Test
    void anAbsurdHoldOverflowsNothing() {
        Permits permits = permits(1);
        permits.hold(Duration.ofSeconds(Long.MAX_VALUE));
        permits.hint(1, Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(permits.usage().untilOpen()).isEqualTo(Duration.ofDays(366));
    }

    @Test
    void anEmptyQuotaClosesTheGateUntilShortlyAfterTheReset() {
        Permits permits = permits(100);
        permits.hint(0, Duration.ofSeconds(10));
        ask(permits, "a", 1);
        advance(9_999);
        assertThat(log).isEmpty();
        assertThat(permits.usage().untilOpen()).isBetween(Duration.ofMillis(1), Duration.ofMillis(501));
        advance(501);
        assertThat(log).hasSize(1);
    }

    @Test
    void aHintLetsAsManyPassAsTheServerAllows() {
        Permits permits = permits(100);
        permits.hint(2, Duration.ofSeconds(10));
        for (String name : List.of("a", "b", "c")) {
            ask(permits, name, 1);
        }
        assertThat(log).containsExactly("a@0", "b@0");
        advance(9_999);
        assertThat(log).hasSize(2);
        advance(1);
        assertThat(log).containsExactly("a@0", "b@0", "c@10000");
    }

    @Test
    void littleOfTheQuotaIsSpread() {
        Permits permits = permits(100, "100/m");
        ask(permits, "first", 1);
        permits.hint(5, Duration.ofSeconds(20));
        for (int i = 0; i < 3; i++) {
            ask(permits, "" + i, 1);
        }
        advance(12_000);
        assertThat(log).containsExactly("first@0", "0@4000", "1@8000", "2@12000");
    }

    @Test
    void aHintNeverRaisesTheConfiguredLimit() {
        Permits permits = permits(100, "1/s");
        permits.hint(1_000_000, Duration.ofSeconds(10), 1_000_000);
        ask(permits, "a", 1);
        ask(permits, "b", 1);
        advance(1_049);
        assertThat(log).containsExactly("a@0");
    }

    @Test
    void aResetThatIsOverSaysNothing() {
        Permits permits = permits(100);
        permits.hint(0, Duration.ZERO);
        permits.hint(0, Duration.ofSeconds(-5));
        ask(permits, "a", 1);
        assertThat(log).containsExactly("a@0");
    }

    @Test
    void theSameKeyIsTheSameBudgetAndEveryLimitNamedForItHolds() {
        Permits wide = permits(100, "4/s");
        ask(wide, "a", 1);
        Permits narrow = permits(2, "4/s", "3/m");
        assertThat(narrow).isEqualTo(wide);
        requireNonNull(wide.acquire(1).block(LIMIT)).release();
        requireNonNull(wide.acquire(1).block(LIMIT)).release();
        ask(wide, "d", 1);
        advance(60_249);
        assertThat(log).containsExactly("a@0");
        advance(1);
        assertThat(log).containsExactly("a@0", "d@60250");
        assertThat(budgets.permits("another", List.of(), 1)).isNotSameAs(wide);
    }

    @Test
    void aWaiterThatALaterLimitRulesOutIsTold() {
        Permits permits = permits(1, "10/s");
        requireNonNull(permits.acquire(10).block(LIMIT)).release();
        StepVerifier.create(permits.acquire(6))
                .expectSubscription()
                .then(() -> permits(1, "5/m"))
                .expectErrorMessage(
                        "a request costs 1 to 5 permits under these limits, but this one 6: lower its cost or raise limits.requests")
                .verify(LIMIT);
        assertThat(permits.usage().waiting()).isZero();
    }

    @Test
    void refusesToRunWithoutASlot() {
        assertThatThrownBy(() -> permits(0)).hasMessageContaining("at least 1");
    }

    @Test
    void aTimerThatIsShutDownStrandsNobody() {
        Permits permits = permits(100, "1/s");
        ask(permits, "a", 1);
        timer.dispose();
        StepVerifier.create(permits.acquire(1))
                .expectErrorMessage("the timer of this budget was shut down")
                .verify(LIMIT);
        assertThat(permits.usage().waiting()).isZero();
    }
}
