package io.penstock.config;

import io.penstock.error.BadConfig.SecretMissing;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * When a secret is read again: after five minutes, and at once when a server has refused it, but that not more than once a minute.
 * One read is under way at a time; all who wait share it. Safe for concurrent use.
 */
final class Renewal {

    static final Duration KEPT = Duration.ofMinutes(5);
    static final Duration APART = Duration.ofMinutes(1);

    private final String reference;
    private final Mono<String> source;
    private final Scheduler timer;
    private final AtomicReference<@Nullable Mono<String>> underWay = new AtomicReference<>();
    private volatile long readAt;
    private volatile long forcedAt;

    Renewal(String reference, Mono<String> source, Scheduler timer) {
        this.reference = reference;
        this.source = source;
        this.timer = timer;
        this.readAt = now();
        this.forcedAt = readAt - APART.toNanos();
    }

    /** Completes when the value may be used; {@code found} is handed a newer one. */
    Mono<Void> due(Consumer<String> found) {
        return Mono.defer(() -> now() - readAt < KEPT.toNanos() ? Mono.empty() : read(found))
                .then();
    }

    /** Completes when the value has been read again, or when that was less than a minute ago. */
    Mono<Void> forced(Consumer<String> found) {
        return Mono.defer(() -> {
                    if (underWay.get() == null && now() - forcedAt < APART.toNanos()) {
                        return Mono.empty();
                    }
                    forcedAt = now();
                    return read(found);
                })
                .then();
    }

    private Mono<String> read(Consumer<String> found) {
        Mono<String> mine = source.switchIfEmpty(Mono.error(() -> new SecretMissing("it is empty")))
                .doOnNext(value -> {
                    found.accept(value);
                    readAt = now();
                })
                .onErrorMap(this::told)
                .doOnTerminate(() -> underWay.set(null)) // before its end is told: what follows from it asks anew
                .cache();
        Mono<String> other = underWay.compareAndExchange(null, mine);
        return other == null ? mine : other;
    }

    private SecretMissing told(Throwable failure) {
        return new SecretMissing("the secret " + reference + " cannot be read again: "
                + (failure instanceof SecretMissing known
                        ? known.getMessage()
                        : failure.getClass().getSimpleName()));
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS);
    }
}
