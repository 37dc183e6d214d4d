package io.penstock.runner.slice;

import io.penstock.error.SinkFailure.SinkTransient;
import io.penstock.runner.event.RunEvent;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Repeats a commit or a publish that the sink could not take yet, with the same epoch and version, so that one whose answer was
 * lost is not applied twice. The source is not asked again.
 */
public final class SinkRetry {

    private static final long FIRST_NANOS = Duration.ofMillis(200).toNanos();
    private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

    private final RunContext context;
    private final Notice notice;

    /** Tells of each repeat by what {@code notice} makes. */
    public SinkRetry(RunContext context, Notice notice) {
        this.context = context;
        this.notice = notice;
    }

    /** Makes the event that tells of a repeat. */
    @FunctionalInterface
    public interface Notice {

        /** The try {@code attempt}, from 1 on, has failed for {@code reason}; the next comes after {@code pause}. */
        RunEvent of(int attempt, Duration pause, String reason);
    }

    /** Subscribes to what {@code work} gives, anew for each try; waits on the injected timer. */
    public Mono<Void> run(Supplier<Mono<Void>> work) {
        return attempt(work, 1);
    }

    private Mono<Void> attempt(Supplier<Mono<Void>> work, int number) {
        return Mono.defer(work).onErrorResume(SinkTransient.class, failure -> {
            if (number > failure.repeats()) {
                return Mono.error(failure);
            }
            Duration wait = backoff(number);
            String reason = context.events().hide(String.valueOf(failure.getMessage()));
            context.events().tell(notice.of(number, wait, reason));
            return Mono.delay(wait, context.host().timer()).then(Mono.defer(() -> attempt(work, number + 1)));
        });
    }

    /** Full jitter: anything from nothing to a bound that doubles. */
    private Duration backoff(int number) {
        long bound = Math.min(LONGEST_NANOS, FIRST_NANOS << (number - 1));
        return Duration.ofNanos(context.host().random().nextLong(bound + 1));
    }
}
