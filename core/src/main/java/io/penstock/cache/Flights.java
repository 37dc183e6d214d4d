package io.penstock.cache;

import java.io.Serial;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * One look-up at a time for each key: who comes first looks and asks, who comes meanwhile waits for what that finds.
 *
 * <p>If the first one fails or is cancelled, the next takes its place. Safe for concurrent use.
 */
final class Flights {

    private final ConcurrentMap<CacheKey, Flight> underWay = new ConcurrentHashMap<>();

    /** One look-up. Whoever leads it lands it once. */
    static final class Flight {

        private final Sinks.One<Optional<Entry>> landed = Sinks.one();

        /** What was found; empty if each must ask by itself, because the answer may not be kept. */
        void land(Optional<Entry> found) {
            landed.tryEmitValue(found);
        }

        private void crash() {
            landed.tryEmitError(new Crashed());
        }
    }

    /** A signal between flights; never leaves this class. */
    private static final class Crashed extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        Crashed() {
            super("the first of several equal requests failed", null, false, false);
        }
    }

    /**
     * Leads or follows.
     *
     * @param lead looks and asks; lands the flight as soon as that is known
     * @param follow what to do with what the leader has found
     */
    <T> Flux<T> board(CacheKey key, Function<Flight, Flux<T>> lead, Function<Optional<Entry>, Flux<T>> follow) {
        return Flux.defer(() -> {
                    Flight mine = new Flight();
                    Flight other = underWay.putIfAbsent(key, mine);
                    return other == null
                            ? led(key, mine, lead.apply(mine))
                            : other.landed.asMono().flatMapMany(follow);
                })
                .retryWhen(Retry.indefinitely().filter(Crashed.class::isInstance));
    }

    /** The flight is over before its end is told: whoever asks because of that end asks anew. */
    private <T> Flux<T> led(CacheKey key, Flight mine, Flux<T> parts) {
        return parts.doOnTerminate(() -> leave(key, mine)).doFinally(cancelled -> leave(key, mine));
    }

    private void leave(CacheKey key, Flight mine) {
        underWay.remove(key, mine);
        mine.crash(); // passed over if it has landed
    }

    /** How many look-ups are under way. */
    int count() {
        return underWay.size();
    }
}
