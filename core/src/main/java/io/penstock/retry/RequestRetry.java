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
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/** One policy applied to one request. */
final class RequestRetry extends Retry {

    private static final long MOST_SPREAD = Duration.ofSeconds(5).toNanos();

    private final RetryPolicy policy;
    private final ApiRequest request;
    private final Scheduler timer;
    private final RandomGenerator random;
    private final RetryListener listener;

    RequestRetry(
            RetryPolicy policy, ApiRequest request, Scheduler timer, RandomGenerator random, RetryListener listener) {
        this.policy = policy;
        this.request = request;
        this.timer = timer;
        this.random = random;
        this.listener = listener;
    }

    @Override
    public Publisher<?> generateCompanion(Flux<RetrySignal> failures) {
        return failures.concatMap(new Tries(), 1); // made for each subscription anew
    }

    /** The tries of one subscription; what only failures need is made when the first comes. */
    private final class Tries implements Function<RetrySignal, Mono<Long>> {

        private final long started = timer.now(TimeUnit.NANOSECONDS);
        private @Nullable Backoff transientBackoff;
        private @Nullable Backoff throttleBackoff;
        private Map<String, Integer> failedByKind = Map.of();
        private int failed;

        @Override
        public Mono<Long> apply(RetrySignal signal) {
            if (failed == 0) {
                failedByKind = new HashMap<>();
            }
            return judge(signal.failure());
        }

        private Mono<Long> judge(Throwable failure) {
            if (!(failure instanceof PenstockException known)) {
                return Mono.error(failure);
            }
            failed++;
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

        private Mono<Long> waitFor(PenstockException failure) {
            Duration asked = askedFor(failure);
            if (asked.compareTo(policy.maxRetryAfter()) > 0) {
                return Mono.error(failure);
            }
            long wait = waitAfter(failure, asked.toNanos());
            long elapsed = timer.now(TimeUnit.NANOSECONDS) - started;
            if (elapsed + wait > policy.maxElapsed().toNanos()) {
                return Mono.error(outOfTime(failure));
            }
            listener.retrying(failed, failure, Duration.ofNanos(wait));
            return Mono.delay(Duration.ofNanos(wait), timer);
        }

        private long waitAfter(PenstockException failure, long asked) {
            if (asked > 0) {
                return asked + random.nextLong(Math.min(MOST_SPREAD, asked / 10) + 1);
            }
            return backoff(failure instanceof Throttled).next(failed, random);
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

        private PenstockException outOfTime(PenstockException failure) {
            String tries = failed == 1 ? "1 try" : failed + " tries";
            return new UpstreamUnavailable(
                            failure.getMessage() + "; gave up after " + tries + ", since the next one would come later"
                                    + " than the " + inWords(policy.maxElapsed())
                                    + " that all tries of one request may take",
                            failure)
                    .in(failure.place());
        }
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
