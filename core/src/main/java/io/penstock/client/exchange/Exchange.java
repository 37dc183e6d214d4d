package io.penstock.client.exchange;

import io.penstock.auth.Login;
import io.penstock.breaker.CircuitBreaker;
import io.penstock.cache.ResponseCache;
import io.penstock.client.exchange.Hops.Detour;
import io.penstock.client.exchange.Hops.Redirected;
import io.penstock.client.exchange.Hops.Refused;
import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.PenstockException;
import io.penstock.error.TryLater.Throttled;
import io.penstock.error.TryLater.UpstreamError;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.Origin;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.observe.Lane;
import io.penstock.observe.RetryCause;
import io.penstock.observe.WaitReason;
import io.penstock.rate.Permits.Permit;
import io.penstock.record.Values;
import io.penstock.retry.RetryListener;
import io.penstock.retry.Tries;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * One request through everything: retry around breaker around permit around credential around send. Whoever sends, sends
 * through here. Safe for concurrent use.
 */
public final class Exchange {

    private final Terms terms;
    private final Trust trust;
    private final Answers answers;
    private final Sunsets sunsets = new Sunsets();
    private final Gate gate;
    private final CircuitBreaker home;
    private final Optional<Pool> pool;

    /** An exchange under {@code terms}. */
    public Exchange(Terms terms) {
        this(terms, Optional.empty());
    }

    /** As {@link #Exchange(Terms)}, each try of which goes through one of {@code members}, whose credential is its own. */
    public static Exchange pooled(Terms terms, List<Exchange> members) {
        return new Exchange(terms, Optional.of(new Pool(members)));
    }

    private Exchange(Terms terms, Optional<Pool> pool) {
        this.pool = pool;
        this.terms = terms;
        this.trust = terms.trust();
        this.answers = new Answers(terms);
        this.gate = new Gate(terms);
        this.home = breaker(trust.home());
    }

    private CircuitBreaker breaker(Origin origin) {
        return terms.circuits()
                .all()
                .breaker(trust.key(origin), terms.circuits().policy());
    }

    /** How a person grants access, where the credential needs one. */
    public Optional<Login> login() {
        return trust.authenticator().login();
    }

    /** What answers mean. */
    public Answers answers() {
        return answers;
    }

    /** The whole answer; a body above the page buffer is {@code LimitExceeded}. */
    public Mono<ApiResponse> whole(ApiRequest request) {
        return whole(request, Optional.empty(), answer -> {});
    }

    /**
     * As {@link #whole(ApiRequest)}; but if nothing has come {@code hedge} after a try was begun, a second one is sent beside it
     * and the first good answer is taken. What {@code judge} throws at an answer is the failure of that try.
     */
    public Mono<ApiResponse> whole(ApiRequest request, Optional<Duration> hedge, Consumer<ApiResponse> judge) {
        return repeated(request, trip -> {
                    Mono<ApiResponse> once = once(request, trip)
                            .collectList()
                            .map(parts -> gather(request, parts))
                            .doOnNext(judge)
                            .doOnNext(answer -> trip.lane().waits().on(WaitReason.DECODE));
                    return hedge.map(after -> hedged(after).race(once)).orElse(once);
                })
                .single();
    }

    private Hedge hedged(Duration after) {
        return new Hedge(after, terms.repeats().budget(), terms.means().timer());
    }

    private ApiResponse gather(ApiRequest request, List<ResponsePart> parts) {
        Head head = (Head) parts.get(0);
        if (parts.size() > 2) {
            throw new LimitExceeded(
                    "the answer to " + request + " is larger than the page buffer: read it by pages(...)");
        }
        byte[] body = parts.size() == 2 ? ((Chunk) parts.get(1)).bytes() : new byte[0];
        if (answers.readsBodies(head.status())) {
            Values values = ErrorBody.values(body, answers.bodyValues());
            answers.byRule(request, head, values::at).ifPresent(refusal -> {
                throw refusal;
            });
        }
        return new ApiResponse(head.status(), head.headers(), body, head.requestId());
    }

    /** One try after the other of what {@code attempt} makes, until one succeeds or the policy gives up. */
    public <T> Flux<T> repeated(ApiRequest request, Function<Trip, Publisher<T>> attempt) {
        return Flux.deferContextual(context -> {
            Lane lane = Lane.in(context).orElseGet(this::lane);
            Terms.Means means = terms.means();
            Tries.Means waiting = new Tries.Means(
                    means.timer(), means.random(), terms.repeats().budget(), told(request, lane));
            Tries tries = terms.repeats().policy().tries(request, waiting, context);
            Trip trip = new Trip(lane, tries);
            return tries.of(() -> attempt.apply(trip));
        });
    }

    /** A lane of nobody's, which begins now. */
    public Lane lane() {
        return Lane.begin(terms.means().timer());
    }

    private RetryListener told(ApiRequest request, Lane lane) {
        return new RetryListener() {
            @Override
            public void retrying(int number, PenstockException failure, Duration wait) {
                lane.repeated(RetryCause.of(failure));
                lane.waits().on(asked(failure) ? WaitReason.RETRY_AFTER : WaitReason.BACKOFF);
                if (failure instanceof Throttled) { // for everybody, so that requests side by side do not each find out
                    terms.quotas().of(request).hold(wait);
                }
                terms.repeats().listener().retrying(number, failure, wait);
            }

            @Override
            public void shortOfTokens() {
                lane.waits().on(WaitReason.BUDGET);
                terms.repeats().listener().shortOfTokens();
            }

            @Override
            public void givingUp(PenstockException failure) {
                failure.after(lane.journal().entries());
                terms.repeats().listener().givingUp(failure);
            }
        };
    }

    private static boolean asked(PenstockException failure) {
        return failure instanceof Throttled throttled
                ? !throttled.retryAfter().isZero()
                : failure instanceof UpstreamError upstream
                        && !upstream.retryAfter().isZero();
    }

    /** One try, its redirects followed; errors unless the final status is a success. */
    public Flux<ResponsePart> once(ApiRequest request, Trip trip) {
        return pool.isPresent() ? pool.get().once(request, trip) : hop(request, trip, new Hops(trust));
    }

    private Flux<ResponsePart> hop(ApiRequest request, Trip trip, Hops hops) {
        return Flux.deferContextual(context -> {
                    ApiRequest judged = trust.destinations().judge(request);
                    Optional<ResponseCache> cache = terms.means().cache();
                    if (cache.isEmpty()) {
                        return ask(judged, trip, hops, UnaryOperator.identity(), context);
                    }
                    Hop here = new Hop(judged, trip, hops, this);
                    return cache.get().read(judged, hops.credential(judged), here.waiting());
                })
                .onErrorResume(Detour.class, detour -> {
                    if (detour instanceof Redirected to) {
                        return to.after().isZero() ? hop(to.next(), trip, hops) : later(to, trip, hops);
                    }
                    trip.lane().waits().on(WaitReason.AUTH);
                    return hops.renew((Refused) detour).flatMapMany(another -> hop(request, trip, hops));
                });
    }

    /** The next hop when the time has passed that the server asked for: this request alone waits, not its budget. */
    private Flux<ResponsePart> later(Redirected to, Trip trip, Hops hops) {
        trip.lane().waits().on(WaitReason.RETRY_AFTER);
        return trip.tries().after(to.after(), () -> hop(to.next(), trip, hops));
    }

    /** One request as soon as it may go; {@code tap} is put around its answer as it comes. */
    Flux<ResponsePart> ask(ApiRequest request, Trip trip, Hops hops, UnaryOperator<Flux<ResponsePart>> tap) {
        return Flux.deferContextual(context -> ask(request, trip, hops, tap, context));
    }

    private Flux<ResponsePart> ask(
            ApiRequest request, Trip trip, Hops hops, UnaryOperator<Flux<ResponsePart>> tap, ContextView context) {
        CircuitBreaker breaker = request.origin().equals(trust.home()) ? home : breaker(request.origin());
        Way way = new Way(breaker, hops, new Hold(), tap);
        try {
            return gate.passes(request, way, context)
                    ? send(request, trip, way)
                    : held(way, gate.admitted(request, trip, way).thenMany(Flux.defer(() -> send(request, trip, way))));
        } catch (RuntimeException refused) {
            way.hold().letGo();
            throw refused;
        }
    }

    /** {@link Sending} lets go by itself; before that it is up to this. */
    private static Flux<ResponsePart> held(Way way, Flux<ResponsePart> parts) {
        return parts.doOnTerminate(way.hold()::letGo).doOnCancel(way.hold()::letGo);
    }

    private Flux<ResponsePart> send(ApiRequest request, Trip trip, Way way) {
        Mono<ApiRequest> authorised = way.hops().authorise(request);
        if (authorised instanceof Callable<?> known) { // a fixed credential: nothing has to be put together for it
            return settled(way, new Outgoing(request, (ApiRequest) now(known), trip, way, this));
        }
        trip.lane().waits().on(WaitReason.AUTH);
        return held(way, authorised.flatMapMany(ready -> settled(way, new Outgoing(request, ready, trip, way, this))));
    }

    private static Object now(Callable<?> known) {
        try {
            return known.call();
        } catch (Exception refused) {
            throw Exceptions.propagate(refused);
        }
    }

    private Flux<ResponsePart> settled(Way way, Flux<ResponsePart> answer) {
        Permit permit = way.hold().permit();
        return permit == null ? answer : terms.quotas().cost().settle(permit, answer);
    }

    /** What all requests of the client have in common. */
    public Terms terms() {
        return terms;
    }

    Sunsets sunsets() {
        return sunsets;
    }
}
