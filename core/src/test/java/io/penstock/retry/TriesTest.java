package io.penstock.retry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.error.BadAnswer.OutcomeUnknown;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.error.PenstockException;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.NetworkError.Step;
import io.penstock.error.TryLater.Throttled;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.error.TryLater.UpstreamError;
import io.penstock.error.TryLater.UpstreamUnavailable;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

class TriesTest {

    private static final URI URL = URI.create("https://api.example.com/items");
    private static final ApiRequest GET = ApiRequest.of(Method.GET, URL);
    private static final ApiRequest POST = ApiRequest.of(Method.POST, URL);

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final RetryBudget budget = new RetryBudget(timer);
    private final List<Long> tries = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final AtomicReference<Object> outcome = new AtomicReference<>();

    /** Sends until {@code answer} of the try's number is null, noting when each try was made. */
    private Disposable run(RetryPolicy policy, ApiRequest request, IntFunction<@Nullable RuntimeException> answer) {
        return calls(policy, request, answer).subscribe(outcome::set, outcome::set);
    }

    private Mono<String> calls(RetryPolicy policy, ApiRequest request, IntFunction<@Nullable RuntimeException> answer) {
        return Mono.defer(() -> {
            Tries run = policy.tries(
                    request,
                    new Tries.Means(
                            timer,
                            new SplittableRandom(42),
                            budget,
                            (attempt, failure, wait) -> heard.add(attempt + " " + failure.code())),
                    Context.empty());
            return run.of(() -> {
                        run.sent();
                        tries.add(timer.now(TimeUnit.MILLISECONDS));
                        RuntimeException failure = answer.apply(tries.size());
                        return failure == null ? Mono.just("done") : Mono.error(failure);
                    })
                    .single();
        });
    }

    private PenstockException failed() {
        assertThat(outcome.get()).isInstanceOf(PenstockException.class);
        return (PenstockException) requireNonNull(outcome.get());
    }

    private static UpstreamError unavailable() {
        return new UpstreamError("GET /items was answered with 503", 503, Duration.ZERO);
    }

    private static Throttled throttled(Duration after) {
        return new Throttled("slow down", 429, after);
    }

    private void aDay() {
        timer.advanceTimeBy(Duration.ofDays(1));
    }

    @Test
    void repeatsUntilATrySucceeds() {
        run(RetryPolicy.DEFAULT, GET, n -> n < 4 ? unavailable() : null);
        aDay();
        assertThat(outcome).hasValue("done");
        assertThat(tries).hasSize(4);
        assertThat(heard).containsExactly("1 UpstreamError", "2 UpstreamError", "3 UpstreamError");
        long ceiling = 200;
        for (int i = 1; i < 4; i++) {
            assertThat(tries.get(i) - tries.get(i - 1)).isBetween(0L, ceiling);
            ceiling *= 2;
        }
    }

    @Test
    void theLastFailurePassesThroughUnchangedWhenAllTriesAreUsedUp() {
        List<UpstreamError> made = new ArrayList<>();
        run(RetryPolicy.DEFAULT, GET, n -> {
            made.add(unavailable());
            return made.get(n - 1);
        });
        aDay();
        assertThat(tries).hasSize(8);
        assertThat(outcome.get()).isSameAs(made.get(7));
        assertThat(failed().place().attempts()).isEqualTo(8);
        assertThat(made.get(0).place().attempts()).isEqualTo(1);
    }

    @Test
    void everySubscriptionCountsAnew() {
        Mono<String> call = calls(RetryPolicy.DEFAULT, GET, n -> unavailable());
        call.subscribe(outcome::set, outcome::set);
        aDay();
        call.subscribe(outcome::set, outcome::set);
        aDay();
        assertThat(tries).hasSize(16);
        assertThat(failed().place().attempts()).isEqualTo(8);
    }

    @Test
    void cancellingWhileItWaitsSendsNothingMore() {
        Disposable call = run(RetryPolicy.DEFAULT, GET, n -> throttled(Duration.ofSeconds(5)));
        timer.advanceTimeBy(Duration.ofSeconds(4));
        call.dispose();
        aDay();
        assertThat(tries).hasSize(1);
        assertThat(outcome).hasNullValue();
    }

    @Test
    void neverComesBackSoonerThanAskedAndNotMuchLater() {
        run(RetryPolicy.DEFAULT, GET, n -> n == 1 ? throttled(Duration.ofSeconds(30)) : null);
        timer.advanceTimeBy(Duration.ofMillis(29_999));
        assertThat(tries).hasSize(1);
        timer.advanceTimeBy(Duration.ofMillis(3_001));
        assertThat(tries).hasSize(2);
        assertThat(tries.get(1)).isBetween(30_000L, 33_000L);
    }

    @Test
    void spreadsALongWaitByFiveSecondsAtMost() {
        run(RetryPolicy.DEFAULT, GET, n -> n == 1 ? new UpstreamError("busy", 503, Duration.ofMinutes(10)) : null);
        aDay();
        assertThat(tries.get(1)).isBetween(600_000L, 605_000L);
    }

    @Test
    void aThrottleWithoutAHintBacksOffFromOneSecond() {
        long longest = 0;
        for (int i = 0; i < 50; i++) {
            tries.clear();
            VirtualTimeScheduler own = VirtualTimeScheduler.create();
            SplittableRandom random = new SplittableRandom(i);
            Tries.Means means = new Tries.Means(own, random, new RetryBudget(own), RetryListener.NONE);
            RetryPolicy.DEFAULT
                    .tries(GET, means, Context.empty())
                    .of(() -> {
                        tries.add(own.now(TimeUnit.MILLISECONDS));
                        return tries.size() == 1 ? Mono.error(throttled(Duration.ZERO)) : Mono.empty();
                    })
                    .subscribe();
            own.advanceTimeBy(Duration.ofDays(1));
            longest = Math.max(longest, tries.get(1));
        }
        assertThat(longest).isBetween(800L, 1000L);
    }

    @Test
    void doesNotSitOutAWaitLongerThanThePolicyAllows() {
        run(RetryPolicy.DEFAULT, GET, n -> throttled(Duration.ofMinutes(16)));
        assertThat(failed()).isInstanceOf(Throttled.class);
        assertThat(tries).hasSize(1);
    }

    @Test
    void aThrottleThatNamesWhenToResumePassesThrough() {
        Throttled later = new Throttled("tomorrow", 429, Duration.ofHours(9), Instant.EPOCH);
        run(RetryPolicy.DEFAULT, GET, n -> later);
        assertThat(outcome.get()).isSameAs(later);
        assertThat(tries).hasSize(1);
    }

    @Test
    void aRepeatThatWouldComeTooLateIsNotSent() {
        RetryPolicy policy =
                RetryPolicy.builder().maxElapsed(Duration.ofSeconds(90)).build();
        run(policy, GET, n -> throttled(Duration.ofSeconds(40)));
        aDay();
        assertThat(tries).hasSize(3);
        assertThat(failed())
                .isInstanceOf(UpstreamUnavailable.class)
                .hasMessageContaining("slow down")
                .hasMessageContaining("gave up after 3 tries")
                .hasMessageContaining("1m30s")
                .hasCauseInstanceOf(Throttled.class);
        assertThat(failed().place().attempts()).isEqualTo(3);
        assertThat(failed().exitCode()).isEqualTo(75);
    }

    @Test
    void theTimeThatTriesThemselvesTakeCountsToo() {
        RetryPolicy policy =
                RetryPolicy.builder().maxElapsed(Duration.ofSeconds(10)).build();
        Tries run = policy.tries(
                GET, new Tries.Means(timer, new SplittableRandom(1), budget, RetryListener.NONE), Context.empty());
        run.of(() -> {
                    run.sent();
                    tries.add(timer.now(TimeUnit.MILLISECONDS));
                    return Mono.delay(Duration.ofSeconds(4), timer).then(Mono.error(unavailable()));
                })
                .subscribe(outcome::set, outcome::set);
        aDay();
        assertThat(tries).hasSize(3);
        assertThat(failed()).isInstanceOf(UpstreamUnavailable.class);
    }

    @Test
    void whatIsNotOurFailureIsNotRepeated() {
        IllegalStateException bug = new IllegalStateException("bug");
        run(RetryPolicy.DEFAULT, GET, n -> bug);
        assertThat(outcome.get()).isSameAs(bug);
    }

    @Test
    void whatCannotSucceedIsNotRepeated() {
        run(RetryPolicy.DEFAULT, GET, n -> new AuthError("no"));
        assertThat(failed().place().attempts()).isEqualTo(1);
        assertThat(tries).hasSize(1);
    }

    @Test
    void aKindIsRepeatedAsOftenAsItSays() {
        run(RetryPolicy.DEFAULT, GET, n -> new ProtocolError("junk"));
        aDay();
        assertThat(tries).hasSize(3);
        tries.clear();
        run(RetryPolicy.DEFAULT, GET, n -> new MalformedPayload("junk"));
        aDay();
        assertThat(tries).hasSize(2);
        tries.clear();
        run(RetryPolicy.DEFAULT, GET, n -> new NetworkError(Step.DNS, "no such name", null));
        aDay();
        assertThat(tries).hasSize(3);
    }

    @Test
    void otherFailuresDoNotUseUpTheRepeatsOfAKind() {
        run(RetryPolicy.DEFAULT, GET, n -> n <= 4 ? unavailable() : n == 5 ? new MalformedPayload("junk") : null);
        aDay();
        assertThat(outcome).hasValue("done");
        assertThat(tries).hasSize(6);
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"DNS", "CONNECT", "POOL"})
    void whatWasNotSentIsRepeatedWhateverTheMethod(Step step) {
        run(RetryPolicy.DEFAULT, POST, n -> n == 1 ? new NetworkError(step, "unsent", null) : null);
        aDay();
        assertThat(outcome).hasValue("done");
    }

    @Test
    void aThrottledPostIsRepeated() {
        run(RetryPolicy.DEFAULT, POST, n -> n == 1 ? throttled(Duration.ofSeconds(1)) : null);
        aDay();
        assertThat(outcome).hasValue("done");
    }

    @Test
    void aPostThatMayHaveBeenCarriedOutIsNotRepeated() {
        List<RuntimeException> lost = List.of(
                new NetworkError(Step.RESET, "reset", null),
                new NetworkError(Step.TIMEOUT, "timeout", null),
                new TruncatedResponse("cut"),
                unavailable(),
                new ProtocolError("junk"));
        for (RuntimeException failure : lost) {
            tries.clear();
            run(RetryPolicy.DEFAULT, POST, n -> failure);
            aDay();
            assertThat(tries).hasSize(1);
            assertThat(failed())
                    .isInstanceOf(OutcomeUnknown.class)
                    .hasCause(failure)
                    .hasMessageContaining("POST https://api.example.com/items may or may not have been carried out")
                    .hasMessageContaining(failure.getMessage());
            assertThat(failed().place().attempts()).isEqualTo(1);
        }
    }

    @Test
    void theOutcomeOfThePostIsUnknownThoughNoTryIsLeft() {
        run(RetryPolicy.builder().maxAttempts(1).build(), POST, n -> unavailable());
        assertThat(failed()).isInstanceOf(OutcomeUnknown.class);
    }

    @Test
    void aPostThatMayBeSentTwiceIsRepeated() {
        for (ApiRequest request : List.of(POST.idempotent(), POST.header("Idempotency-Key", "a1"))) {
            tries.clear();
            run(RetryPolicy.DEFAULT, request, n -> n == 1 ? new NetworkError(Step.RESET, "reset", null) : null);
            aDay();
            assertThat(outcome).hasValue("done");
            assertThat(tries).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
    void methodsThatMayBeSentTwiceAreRepeated(Method method) {
        run(RetryPolicy.DEFAULT, ApiRequest.of(method, URL), n -> n == 1 ? unavailable() : null);
        aDay();
        assertThat(outcome).hasValue("done");
    }

    @Test
    void aDecorrelatedPolicyNeverComesBackBeforeItsBase() {
        RetryPolicy policy = RetryPolicy.builder().jitter(Jitter.DECORRELATED).build();
        run(policy, GET, n -> unavailable());
        aDay();
        assertThat(tries).hasSize(8);
        for (int i = 1; i < 8; i++) {
            assertThat(tries.get(i) - tries.get(i - 1)).isBetween(200L, 60_000L);
        }
    }
}
