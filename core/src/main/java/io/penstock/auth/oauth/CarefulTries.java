package io.penstock.auth.oauth;

import io.penstock.auth.AuthMeans;
import io.penstock.error.BadAnswer.OutcomeUnknown;
import io.penstock.error.TryLater.UpstreamError;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The tries of a request that is good for one answer: after 5xx it is sent again with growing waits, up to 8 times within 15
 * minutes; where the answer was lost, once. For one subscriber.
 */
final class CarefulTries {

    private static final int MOST = 8;
    private static final long LONGEST = Duration.ofMinutes(15).toNanos();
    private static final long FIRST = Duration.ofMillis(200).toNanos();
    private static final long CAP = Duration.ofSeconds(60).toNanos();

    private final AuthMeans.Time time;
    private final long began;
    private int failed;
    private int lost;

    private CarefulTries(AuthMeans.Time time) {
        this.time = time;
        this.began = time.timer().now(TimeUnit.NANOSECONDS);
    }

    /** The answer to {@code once}; each subscription sends anew. */
    static <T> Mono<T> of(Mono<T> once, AuthMeans.Time time) {
        return Mono.defer(() -> {
            CarefulTries tries = new CarefulTries(time);
            return once.retryWhen(
                    Retry.from(failures -> failures.concatMap(signal -> tries.judge(signal.failure()), 1)));
        });
    }

    private Publisher<?> judge(Throwable failure) {
        if (!(failure instanceof OutcomeUnknown)) {
            return Mono.error(failure);
        }
        if (!(failure.getCause() instanceof UpstreamError refused)) {
            lost++;
            return lost == 1 ? Mono.just(true) : Mono.error(failure);
        }
        failed++;
        long most = Math.min(CAP, FIRST << (failed - 1));
        long wait = Math.max(refused.retryAfter().toNanos(), time.random().nextLong(most + 1));
        boolean late = time.timer().now(TimeUnit.NANOSECONDS) - began + wait > LONGEST;
        return failed >= MOST || late ? Mono.error(refused) : Mono.delay(Duration.ofNanos(wait), time.timer());
    }
}
