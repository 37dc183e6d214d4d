package io.penstock.auth.jwt;

import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.Method;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The keys of a pinned key set (RFC 7517), fetched when first needed and kept.
 *
 * <p>One fetch at a time, whoever waits. A set is taken for {@code ttl}; a name that is not in it has it fetched anew, at most once a
 * minute. While it cannot be fetched, the last one holds for up to a day. Safe for concurrent use.
 */
public final class JwksSource implements KeySource {

    private static final Duration BETWEEN_FETCHES = Duration.ofMinutes(1);
    private static final Duration LAST_RESORT = Duration.ofDays(1);

    private final ApiRequest request;
    private final Function<ApiRequest, Mono<ApiResponse>> send;
    private final Scheduler timer;
    private final long ttl;
    private final AtomicReference<@Nullable Mono<Held>> fetching = new AtomicReference<>();
    private volatile @Nullable Held held;
    private volatile long tried;

    private record Held(List<VerificationKey> keys, long at) {}

    private JwksSource(URI url, Function<ApiRequest, Mono<ApiResponse>> send, Scheduler timer, Duration ttl) {
        this.request = ApiRequest.of(Method.GET, url);
        this.send = send;
        this.timer = timer;
        this.ttl = ttl.toNanos();
        this.tried = timer.now(TimeUnit.NANOSECONDS) - BETWEEN_FETCHES.toNanos();
    }

    /**
     * Keys at a pinned URL, taken for 10 minutes.
     *
     * @param url where the issuer's set is
     * @param send sends, with its own limits and retries; errors only with a {@link io.penstock.error.PenstockException}
     * @param timer clock of all that is kept
     */
    public static JwksSource at(URI url, Function<ApiRequest, Mono<ApiResponse>> send, Scheduler timer) {
        return new JwksSource(url, send, timer, Duration.ofMinutes(10));
    }

    /** This source with another time for which a set is taken. */
    public JwksSource takenFor(Duration time) {
        return new JwksSource(request.url(), send, timer, time);
    }

    @Override
    public Mono<VerificationKey> key(JwtAlgorithm algorithm, Optional<String> keyId) {
        return Mono.defer(() -> {
            Held known = held;
            if (known == null || age(known) >= ttl) {
                return fetched(known).mapNotNull(set -> chosen(set, algorithm, keyId));
            }
            VerificationKey found = chosen(known, algorithm, keyId);
            if (found != null || now() - tried < BETWEEN_FETCHES.toNanos()) {
                return Mono.justOrEmpty(found);
            }
            return fetched(known).mapNotNull(set -> chosen(set, algorithm, keyId));
        });
    }

    private static @Nullable VerificationKey chosen(Held set, JwtAlgorithm algorithm, Optional<String> keyId) {
        return KeySource.chosen(set.keys(), algorithm, keyId).orElse(null);
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS);
    }

    private long age(Held known) {
        return now() - known.at();
    }

    /** The one fetch that is under way, or a new one; a set that is not too old stands in where it fails. */
    private Mono<Held> fetched(@Nullable Held known) {
        Mono<Held> running = fetching.get();
        if (running != null) {
            return running;
        }
        if (known != null && now() - tried < BETWEEN_FETCHES.toNanos() && age(known) < LAST_RESORT.toNanos()) {
            return Mono.just(known); // it has just failed
        }
        Mono<Held> fetch = Mono.defer(this::fetch)
                .onErrorResume(failure ->
                        known != null && age(known) < LAST_RESORT.toNanos() ? Mono.just(known) : Mono.error(failure))
                .doOnTerminate(() -> fetching.set(null))
                .cache();
        return fetching.compareAndSet(null, fetch) ? fetch : Mono.defer(() -> fetched(known));
    }

    private Mono<Held> fetch() {
        tried = now();
        return send.apply(request)
                .map(answer -> new Held(Jwks.read(answer.body()), now()))
                .doOnNext(fresh -> held = fresh);
    }

    @Override
    public String toString() {
        return "key set at " + request.origin();
    }
}
