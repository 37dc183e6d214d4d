package io.penstock.retry;

import io.penstock.error.BadAnswer.OutcomeUnknown;
import io.penstock.error.PenstockException;
import io.penstock.error.Place;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.Throttled;
import io.penstock.error.TryLater.UpstreamError;
import io.penstock.error.TryLater.UpstreamUnavailable;
import io.penstock.message.ApiRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * The tries of one request, for one subscriber: one policy at work.
 *
 * <p>After a failure that may pass it waits as long as the policy says, then for tokens of the budget that all requests to the
 * server share, and then tries again. All of it, from the first try sent on, ends after {@link RetryPolicy#maxElapsed()}; time
 * in which nobody asks for more of the answer does not count.
 */
public final class Tries {

    private static final long MOST_SPREAD = Duration.ofSeconds(5).toNanos();

    /** A single try ends by itself after this time at the latest, so a longer time for all of them needs no watch over it. */
    private static final Duration LONGEST_TRY = Duration.ofMinutes(10);

    /** How often it is looked whether somebody asks again. */
    private static final Duration NAP = Duration.ofSeconds(1);

    private final RetryPolicy policy;
    private final ApiRequest request;
    private final Means means;
    private final @Nullable RunDeadline deadline;
    private final DemandClock clock;
    private final Stake stake = new Stake();
    private @Nullable Backoff transientBackoff;
    private @Nullable Backoff throttleBackoff;
    private Map<String, Integer> failedByKind = Map.of();
    private @Nullable PenstockException last;
    private int failed;
    private int number;

    /**
     * What waiting takes.
     *
     * @param timer clock and timer of the waits
     * @param random spreads the waits
     * @param budget pays for repeats
     * @param listener is told of every repeat
     */
    public record Means(Scheduler timer, RandomGenerator random, RetryBudget budget, RetryListener listener) {}

    Tries(RetryPolicy policy, ApiRequest request, Means means, @Nullable RunDeadline deadline) {
        this.policy = policy;
        this.request = request;
        this.means = means;
        this.deadline = deadline;
        this.clock = new DemandClock(means.timer());
    }

    /**
     * One try after the other of what {@code attempt} makes, until one succeeds or the policy gives up; to be subscribed to once.
     *
     * @return errors with the last failure, with {@link UpstreamUnavailable} when the time is up, or with
     *     {@link OutcomeUnknown} for what must not be sent twice
     */
    public <T> Flux<T> of(Supplier<? extends Publisher<T>> attempt) {
        return new Tried<>(next(attempt).onErrorResume(failure -> again(failure, attempt)), this);
    }

    /** What only a failure needs is put together when there is one. */
    private <T> Flux<T> again(Throwable failure, Supplier<? extends Publisher<T>> attempt) {
        Flux<T> more = Flux.defer(() -> next(attempt))
                .retryWhen(Retry.from(failures -> failures.concatMap(signal -> judge(signal.failure()), 1)));
        return judge(failure).thenMany(more).doOnError(PenstockException.class, means.listener()::givingUp);
    }

    private <T> Flux<T> next(Supplier<? extends Publisher<T>> attempt) {
        number++;
        boolean watched = number > 1 || deadline != null || policy.maxElapsed().compareTo(LONGEST_TRY) < 0;
        Flux<T> next = Flux.from(attempt.get());
        return watched ? watched(next) : next;
    }

    /** Cancels the try when the time is up: an error alone would leave it running. */
    private <T> Flux<T> watched(Flux<T> one) {
        AtomicReference<@Nullable PenstockException> late = new AtomicReference<>();
        Flux<Void> end = Mono.defer(this::untilTimeIsUp).repeat().onErrorResume(PenstockException.class, outOfTime -> {
            late.set(outOfTime);
            return Flux.empty();
        });
        return one.takeUntilOther(end)
                .concatWith(Mono.defer(() -> Mono.justOrEmpty(late.get()).flatMap(Mono::error)));
    }

    /**
     * The rest of the try that is being made, after a wait that the server asks for in the middle of it, and a little more so that
     * not all come back at once.
     *
     * @return errors with {@link UpstreamUnavailable} if less time is left than that, and when the time is up
     */
    public <T> Flux<T> after(Duration asked, Supplier<? extends Publisher<T>> rest) {
        return Flux.defer(() -> {
            Duration wait = Duration.ofNanos(spread(asked.toNanos()));
            if (wait.compareTo(left()) > 0) {
                return Flux.error(new UpstreamUnavailable(request + " is to wait " + inWords(asked)
                        + " before it goes on, longer than all its tries may take: run again later"));
            }
            return watched(Mono.delay(wait, means.timer()).thenMany(Flux.defer(rest)));
        });
    }

    /** Somebody asks for {@code more} of the answer. */
    void asked(long more) {
        clock.asked(more);
    }

    /** One that was asked for has come. */
    void given() {
        clock.given();
    }

    /** Nobody asks any more. */
    void cancelled() {
        stake.close();
    }

    private Mono<Void> untilTimeIsUp() {
        Duration left = left();
        if (left.isZero()) {
            return Mono.error(this::outOfTime);
        }
        boolean paused = deadline == null && number > 0 && !clock.running();
        Duration nap = paused && left.compareTo(NAP) < 0 ? NAP : left;
        return Mono.delay(nap, means.timer()).then();
    }

    /** Number of the try that is being made; 1 is the first. */
    public int number() {
        return number;
    }

    /** The time of all tries begins to count, if it does not yet. */
    public void begin() {
        clock.begin();
    }

    /** The try goes out: what it took from the budget is spent unless it succeeds. */
    public void sent() {
        clock.begin();
        stake.sent();
    }

    /** How much time is left for all that this request may still do; zero when it is up. */
    public Duration left() {
        long left = policy.maxElapsed().toNanos() - clock.elapsed();
        long ofRun = deadline == null ? left : deadline.left();
        return Duration.ofNanos(Math.max(0, Math.min(left, ofRun)));
    }

    /** The answer is whole. */
    void succeeded() {
        if (failed == 0) {
            means.budget().succeeded();
        }
        stake.won();
    }

    private Mono<?> judge(Throwable failure) {
        stake.lost();
        if (!(failure instanceof PenstockException known)) {
            return Mono.error(failure);
        }
        if (failed == 0) {
            failedByKind = new HashMap<>(); // what only failures need is made when the first comes
        }
        failed++;
        last = known;
        known.in(new Place(Optional.empty(), Optional.empty(), failed, Optional.empty()));
        // a kind that may be repeated twice may be so whatever else failed before
        int ofKind = failedByKind.merge(known.code() + known.repeats(), 1, Integer::sum);
        if (known.repeats() > 0 && !mayRepeat(known)) {
            return Mono.error(outcomeUnknown(known));
        }
        if (failed >= policy.maxAttempts() || ofKind > known.repeats()) {
            return Mono.error(known);
        }
        return waitFor(known);
    }

    private Mono<?> waitFor(PenstockException failure) {
        Duration asked = askedFor(failure);
        if (asked.compareTo(policy.maxRetryAfter()) > 0) {
            return Mono.error(failure);
        }
        Duration wait = Duration.ofNanos(waitAfter(failure, asked.toNanos()));
        if (wait.compareTo(left()) > 0) {
            return Mono.error(outOfTime());
        }
        means.listener().retrying(failed, failure, wait);
        RetryBudget.Cost cost = failure instanceof Throttled ? RetryBudget.Cost.THROTTLE : RetryBudget.Cost.TRANSIENT;
        return Mono.delay(wait, means.timer()).then(Mono.defer(() -> paid(cost)));
    }

    /** Emits once the budget has paid. */
    private Mono<Boolean> paid(RetryBudget.Cost cost) {
        Optional<Lease> now = means.budget().takeNow(cost);
        now.ifPresent(stake::put);
        if (now.isPresent()) {
            return Mono.just(true);
        }
        means.listener().shortOfTokens();
        return means.budget()
                .take(cost)
                .doOnNext(stake::put)
                .timeout(left(), Mono.error(this::outOfTime), means.timer())
                .thenReturn(true);
    }

    private long waitAfter(PenstockException failure, long asked) {
        if (asked > 0) {
            return spread(asked);
        }
        return backoff(failure instanceof Throttled).next(failed, means.random());
    }

    private long spread(long asked) {
        return asked + means.random().nextLong(Math.min(MOST_SPREAD, asked / 10) + 1);
    }

    private Backoff backoff(boolean throttle) {
        Backoff known = throttle ? throttleBackoff : transientBackoff;
        if (known != null) {
            return known;
        }
        Backoff made = policy.backoff(throttle);
        if (throttle) {
            throttleBackoff = made;
        } else {
            transientBackoff = made;
        }
        return made;
    }

    /** That no time is left, with what failed last. */
    public PenstockException outOfTime() {
        PenstockException failure = last;
        boolean run = deadline != null && deadline.left() <= policy.maxElapsed().toNanos() - clock.elapsed();
        String why = run
                ? "the deadline of the whole run is reached"
                : "the next one would come later than the " + inWords(policy.maxElapsed())
                        + " that all tries of one request may take";
        String what = failure == null ? request + " got no answer" : String.valueOf(failure.getMessage());
        String tries = number == 1 ? "1 try" : number + " tries";
        String text = what + "; gave up after " + tries + ", since " + why;
        return failure == null
                ? new UpstreamUnavailable(text)
                : new UpstreamUnavailable(text, failure).in(failure.place());
    }

    private static String inWords(Duration time) {
        return time.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static Duration askedFor(PenstockException failure) {
        if (failure instanceof Throttled throttled) {
            return throttled.retryAfter();
        }
        return failure instanceof UpstreamError upstream ? upstream.retryAfter() : Duration.ZERO;
    }

    /** Whether it cannot have been carried out, or may be carried out twice. */
    private boolean mayRepeat(PenstockException failure) {
        return request.sending().idempotent()
                || request.headers().first("Idempotency-Key").isPresent()
                || failure instanceof Throttled
                || (failure instanceof NetworkError network && network.unsent());
    }

    private PenstockException outcomeUnknown(PenstockException failure) {
        return new OutcomeUnknown(
                        request + " may or may not have been carried out (" + failure.getMessage()
                                + "): it is not sent again by itself; look at the server, or give it an idempotency key",
                        failure)
                .in(failure.place());
    }
}
