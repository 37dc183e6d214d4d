package io.penstock.runner.slice;

import io.penstock.error.SinkFailure.SinkTransient;
import io.penstock.record.SliceId;
import io.penstock.runner.event.RunEvent;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Repeats a commit that the sink could not take yet: the same epoch and version, so that one whose answer was lost is not applied
 * twice. The source is not asked again.
 */
final class CommitRetry {

    private static final long FIRST_NANOS = Duration.ofMillis(200).toNanos();
    private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

    private final RunContext context;
    private final SliceId slice;

    CommitRetry(RunContext context, SliceId slice) {
        this.context = context;
        this.slice = slice;
    }

    /** Subscribes to what {@code commit} gives, anew for each try. */
    Mono<Void> run(Supplier<Mono<Void>> commit) {
        return attempt(commit, 1);
    }

    private Mono<Void> attempt(Supplier<Mono<Void>> commit, int number) {
        return Mono.defer(commit).onErrorResume(SinkTransient.class, failure -> {
            if (number > failure.repeats()) {
                return Mono.error(failure);
            }
            Duration wait = backoff(number);
            String reason = context.events().hide(String.valueOf(failure.getMessage()));
            context.events().tell(new RunEvent.CommitRetried(slice, number, wait, reason));
            return Mono.delay(wait, context.host().timer()).then(Mono.defer(() -> attempt(commit, number + 1)));
        });
    }

    /** Full jitter: anything from nothing to a bound that doubles. */
    private Duration backoff(int number) {
        long bound = Math.min(LONGEST_NANOS, FIRST_NANOS << (number - 1));
        return Duration.ofNanos(context.host().random().nextLong(bound + 1));
    }
}
