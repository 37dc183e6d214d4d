package io.penstock.rate;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.rate.Permits.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** One refusal holds for the whole key (A1, A5), and the state tells until when. Under 1 s. */
class ThrottleTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final Permits permits = new Budgets(timer, new SplittableRandom(7))
            .permits(new BudgetTerms("key", "https://api.example.com", List.of(RateLimit.parse("100/m")), 50, true));

    private Permit take() {
        return requireNonNull(permits.acquire(1).block(LIMIT));
    }

    private Duration closed() {
        return permits.state().closedFor();
    }

    @Test
    void oneRefusalClosesTheGateForEverybodyForAsLongAsTheServerSays() {
        Permit refused = take();
        permits.acquire(1).subscribe();
        refused.throttled(Duration.ofSeconds(30));
        Stream.of("a", "b", "c").forEach(name -> permits.acquire(1).subscribe());
        assertThat(permits.usage().waiting()).isEqualTo(3);
        assertThat(closed()).isEqualTo(Duration.ofSeconds(30));
        timer.advanceTimeBy(Duration.ofMillis(29_999));
        assertThat(permits.usage().waiting()).isEqualTo(3);
        refused.release();
        timer.advanceTimeBy(Duration.ofMillis(1));
        assertThat(permits.usage().waiting()).isLessThan(3);
    }

    @Test
    void whoeverWaitsOrAsksIsToldAtOnceWhenTheServerAsksForMorePatienceThanThereIs() {
        permits.hold(Duration.ofSeconds(5));
        StepVerifier.create(permits.acquire(1))
                .expectSubscription()
                .then(() -> permits.shut(Duration.ofHours(5), () -> new IllegalStateException("come back later")))
                .expectErrorMessage("come back later")
                .verify(LIMIT);
        StepVerifier.create(permits.acquire(1))
                .expectErrorMessage("come back later")
                .verify(LIMIT);
        assertThat(permits.usage().waiting()).isZero();
        timer.advanceTimeBy(Duration.ofHours(5).minusMillis(1));
        StepVerifier.create(permits.acquire(1))
                .expectErrorMessage("come back later")
                .verify(LIMIT);
        timer.advanceTimeBy(Duration.ofMillis(1));
        assertThat(take()).isNotNull();
    }

    @Test
    void aRefusalWithoutAHintWaitsAboutASecondAndTwiceAsLongEachTime() {
        for (int i = 0; i < 10; i++) {
            Permit permit = take();
            permit.throttled(Duration.ZERO);
            permit.release();
            long whole = Math.min(60_000, 1_000L << i);
            assertThat(closed()).isBetween(Duration.ofMillis(whole / 2), Duration.ofMillis(whole));
            timer.advanceTimeBy(closed());
        }
        Permit good = take();
        good.served();
        good.throttled(Duration.ZERO);
        assertThat(closed()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void requestsThatWereUnderWayTogetherAreOneRefusal() {
        List<Permit> together = Stream.generate(this::take).limit(4).toList();
        together.forEach(permit -> permit.throttled(Duration.ZERO));
        assertThat(closed()).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(permits.state().slots()).isEqualTo(2);
    }

    @Test
    void theStateTellsWhatIsUsedAndUntilWhenNothingPasses() {
        Instant now = Instant.parse("2026-11-21T14:05:00Z");
        assertThat(permits.state().limitedUntil(now)).isEmpty();
        Permit permit = take();
        for (int i = 0; i < 24; i++) {
            take().release();
        }
        BudgetState state = permits.state();
        assertThat(state.name()).isEqualTo("https://api.example.com");
        assertThat(state.limits()).containsExactly(new BudgetState.Use(RateLimit.parse("100/m"), 25));
        assertThat(state.utilisation()).isEqualTo(0.25);
        assertThat(state.inFlight()).isEqualTo(1);
        permit.throttled(Duration.ofSeconds(10));
        assertThat(permits.state().limitedUntil(now)).contains(now.plusSeconds(10));
    }

    @Test
    void aFullWindowIsALimitToo() {
        for (int i = 0; i < 100; i++) {
            take().release();
        }
        BudgetState state = permits.state();
        assertThat(state.utilisation()).isEqualTo(1);
        assertThat(state.closedFor()).isZero();
        assertThat(state.limitedFor()).isEqualTo(Duration.ofMillis(60_250));
        timer.advanceTimeBy(Duration.ofMillis(60_250));
        assertThat(permits.state().utilisation()).isZero();
    }

    @Test
    void aSpacedLimitTellsWhatIsNotYetPaidBack() {
        Permits spaced = new Budgets(timer, new SplittableRandom(7))
                .permits("spaced", List.of(RateLimit.parse("100/m").burst(10)), 50);
        requireNonNull(spaced.acquire(5).block(LIMIT)).release();
        assertThat(spaced.state().limits().get(0).used()).isEqualTo(5);
        timer.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(spaced.state().utilisation()).isZero();
    }

    @Test
    void allBudgetsCanBeSeenTogether() {
        Budgets budgets = new Budgets(timer, new SplittableRandom(7));
        budgets.permits(new BudgetTerms("secret key", "one", List.of(), 1, false));
        budgets.permits(new BudgetTerms("another", "two", List.of(), 2, false));
        assertThat(budgets.states()).extracting(BudgetState::name).containsExactlyInAnyOrder("one", "two");
        assertThat(budgets.states()).asString().doesNotContain("secret");
    }
}
