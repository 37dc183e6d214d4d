package io.penstock.cache;

import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Head;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Stands in front of an API: answers from what is kept, or asks and keeps.
 *
 * <p>Safe for concurrent use. A store that fails costs its help, never an answer.
 */
public final class ResponseCache {

    private static final Logger LOG = LoggerFactory.getLogger(ResponseCache.class);

    private final CacheStore store;
    private final CachePolicy policy;
    private final Clock clock;
    private final Flights flights = new Flights();
    private final AtomicBoolean complained = new AtomicBoolean();
    private final LongAdder hits = new LongAdder();
    private final LongAdder confirmed = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder shared = new LongAdder();

    private ResponseCache(CacheStore store, CachePolicy policy, Clock clock) {
        this.store = store;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * A cache in {@code store}.
     *
     * @param store stays the caller's to close
     * @param clock the wall clock, since entries are shared between processes
     */
    public static ResponseCache of(CacheStore store, CachePolicy policy, Clock clock) {
        return new ResponseCache(store, policy, clock);
    }

    /** How the cache comes to answers; whoever composes requests implements it. */
    public interface Origin {

        /** What becomes of an answer that was kept: it costs no permit, and says nothing of the server's state. */
        Flux<ResponsePart> kept(Flux<ResponsePart> parts);

        /**
         * Sends a request.
         *
         * @param tap to be put around the parts as they come from the server, before their status is judged
         */
        Flux<ResponsePart> ask(ApiRequest request, UnaryOperator<Flux<ResponsePart>> tap);
    }

    /**
     * The answer to {@code request}: kept, confirmed or new.
     *
     * <p>Cold. Equal requests at the same time are one request; those that wait for it take what it brings. Cancelling stops what
     * this subscription has started, and the next in line takes its place.
     *
     * @param credential tells one credential from another; entries are never shared between two
     */
    public Flux<ResponsePart> read(ApiRequest request, String credential, Origin origin) {
        CacheKey key = CacheKey.of(request, credential);
        if (!Freshness.cached(request)) {
            boolean changes = !request.method().safe()
                    && (request.method() != Method.POST || !request.sending().idempotent());
            return changes ? origin.ask(request, parts -> forgetting(key, parts)) : origin.ask(request, parts -> parts);
        }
        return flights.board(
                key,
                flight -> lookUp(key).flatMapMany(known -> lead(new Visit(key, request, known, flight), origin)),
                found -> found.map(entry -> brought(key, entry, origin))
                        .orElseGet(() -> missed(origin.ask(request, parts -> parts))));
    }

    /** What has become of the answers so far. */
    public CacheCounts counts() {
        return new CacheCounts(hits.sum(), confirmed.sum(), misses.sum(), shared.sum());
    }

    private Flux<ResponsePart> brought(CacheKey key, Entry entry, Origin origin) {
        return kept(key, entry, origin).doFirst(shared::increment);
    }

    private Flux<ResponsePart> missed(Flux<ResponsePart> asked) {
        return asked.doFirst(misses::increment);
    }

    /** One look-up on its way: what is asked, and what was known before. */
    private record Visit(CacheKey key, ApiRequest request, Optional<Entry> known, Flights.Flight flight) {}

    private Mono<Optional<Entry>> lookUp(CacheKey key) {
        return Mono.defer(() -> store.read(key))
                .map(bytes -> EntryCodec.read(key, bytes, policy.largest()))
                .onErrorResume(this::complain)
                .defaultIfEmpty(Optional.empty());
    }

    private Flux<ResponsePart> lead(Visit visit, Origin origin) {
        Optional<Entry> fresh =
                visit.known().filter(entry -> Freshness.fresh(visit.request(), entry, clock.instant(), policy.ttl()));
        if (fresh.isPresent()) {
            visit.flight().land(fresh);
            hits.increment();
            return kept(visit.key(), fresh.get(), origin);
        }
        ApiRequest asked = visit.known()
                .map(entry -> Freshness.conditional(visit.request(), entry))
                .orElse(visit.request());
        return suspicious(visit.key(), origin.ask(asked, parts -> keeping(visit, parts)));
    }

    private Flux<ResponsePart> kept(CacheKey key, Entry entry, Origin origin) {
        return suspicious(key, origin.kept(Flux.fromIterable(entry.parts())));
    }

    /** Who leaves after the last part but before the end may not have liked what it read: then nobody else gets it. */
    private Flux<ResponsePart> suspicious(CacheKey key, Flux<ResponsePart> parts) {
        return Flux.defer(() -> {
            AtomicBoolean whole = new AtomicBoolean();
            return parts.doOnNext(part -> whole.set(part instanceof ResponsePart.Chunk chunk && chunk.last()))
                    .doOnCancel(() -> {
                        if (whole.get()) {
                            quiet(store.remove(key)).subscribe();
                        }
                    });
        });
    }

    private Flux<ResponsePart> keeping(Visit visit, Flux<ResponsePart> parts) {
        return Flux.defer(() -> {
            Keeping keeping = new Keeping(visit.known(), policy.largest(), clock);
            return parts.concatMap(
                    part -> {
                        ResponsePart passed = keeping.pass(part);
                        if (part instanceof Head) {
                            (keeping.confirms() ? confirmed : misses).increment();
                        }
                        if (keeping.refused()) {
                            visit.flight().land(Optional.empty());
                        }
                        Mono<ResponsePart> on = Mono.just(passed);
                        return keeping.entry()
                                .map(entry -> write(visit, entry).then(on))
                                .orElse(on);
                    },
                    1);
        });
    }

    private Mono<Void> write(Visit visit, Entry entry) {
        return quiet(Mono.defer(() -> store.write(visit.key(), EntryCodec.write(visit.key(), entry), policy.keep())))
                .doOnTerminate(() -> visit.flight().land(Optional.of(entry)));
    }

    /** A change that the server has accepted makes what is kept of its URL worthless (RFC 9111, section 4.4). */
    private Flux<ResponsePart> forgetting(CacheKey key, Flux<ResponsePart> parts) {
        return parts.concatMap(
                part -> part instanceof Head head && head.status() < 400
                        ? quiet(Mono.defer(() -> store.removeAll(key.place()))).then(Mono.just(part))
                        : Mono.just(part),
                1);
    }

    /** Forgets everything that is kept of the URL of {@code request}, for all credentials. */
    public Mono<Void> forget(ApiRequest request) {
        return Mono.defer(() -> store.removeAll(CacheKey.of(request, "").place()));
    }

    private Mono<Void> quiet(Mono<Void> task) {
        return task.onErrorResume(this::complain);
    }

    private <T> Mono<T> complain(Throwable failure) {
        if (complained.compareAndSet(false, true)) {
            LOG.warn("the response cache does not work, so everything is asked for: {}", failure.toString());
        }
        return Mono.empty();
    }
}
