package io.penstock.client.exchange;

import io.penstock.breaker.CircuitBreaker;
import io.penstock.breaker.Pass;
import io.penstock.client.exchange.Hops.Redirected;
import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.PenstockException;
import io.penstock.error.TryLater.Throttled;
import io.penstock.error.TryLater.UpstreamError;
import io.penstock.error.TryLater.UpstreamUnavailable;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.Origin;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.observe.Lane;
import io.penstock.observe.WaitReason;
import io.penstock.rate.Permits.Permit;
import io.penstock.record.Values;
import io.penstock.retry.RetryListener;
import io.penstock.retry.Tries;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One request through everything: retry around breaker around permit around credential around send. Whoever sends, sends
 * through here. Safe for concurrent use.
 */
public final class Exchange {

    private final Terms terms;
    private final Trust trust;
    private final Answers answers;
    private final Sunsets sunsets = new Sunsets();
    private final CircuitBreaker home;

    /** An exchange under {@code terms}. */
    public Exchange(Terms terms) {
        this.terms = terms;
        this.trust = terms.trust();
        this.answers = new Answers(terms);
        this.home = breaker(trust.home());
    }

    private CircuitBreaker breaker(Origin origin) {
        return terms.circuits()
                .all()
                .breaker(trust.key(origin), terms.circuits().policy());
    }

    /** What answers mean. */
    public Answers answers() {
        return answers;
    }

    /** The whole answer; a body above the page buffer is {@code LimitExceeded}. */
    public Mono<ApiResponse> whole(ApiRequest request) {
        return whole(request, Optional.empty());
    }

    /**
     * As {@link #whole(ApiRequest)}; but if nothing has come {@code hedge} after a try was begun, a second one is sent beside it
     * and the first good answer is taken.
     */
    public Mono<ApiResponse> whole(ApiRequest request, Optional<Duration> hedge) {
        return repeated(request, trip -> {
                    Mono<ApiResponse> once = once(request, trip)
                            .collectList()
                            .map(parts -> gather(request, parts))
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
            Values values = ErrorCode.values(body, answers.bodyValues());
            answers.byRule(request, head, values::at).ifPresent(refusal -> {
                throw refusal;
            });
        }
        return new ApiResponse(head.status(), head.headers(), body, head.requestId());
    }

    /** One try after the other of what {@code attempt} makes, until one succeeds or the policy gives up. */
    public <T> Flux<T> repeated(ApiRequest request, Function<Trip, Publisher<T>> attempt) {
        return Flux.deferContextual(context -> {
            Lane lane =
                    Lane.in(context).orElseGet(() -> Lane.begin(terms.means().timer()));
            Terms.Means means = terms.means();
            Tries.Means waiting = new Tries.Means(
                    means.timer(), means.random(), terms.repeats().budget(), told(request, lane));
            Tries tries = terms.repeats().policy().tries(request, waiting, context);
            Trip trip = new Trip(lane, tries);
            return tries.of(() -> attempt.apply(trip))
                    .doOnError(
                            PenstockException.class,
                            failure -> failure.after(lane.journal().entries()));
        });
    }

    private RetryListener told(ApiRequest request, Lane lane) {
        return (number, failure, wait) -> {
            lane.repeated();
            lane.waits().on(asked(failure) ? WaitReason.RETRY_AFTER : WaitReason.BACKOFF);
            if (failure instanceof Throttled) { // for everybody, so that requests side by side do not each find out
                terms.quotas().of(request).hold(wait);
            }
            terms.repeats().listener().retrying(number, failure, wait);
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
        return hop(request, trip, new Hops(trust));
    }

    private Flux<ResponsePart> hop(ApiRequest request, Trip trip, Hops hops) {
        return Flux.defer(() -> {
                    ApiRequest judged = trust.destinations().judge(request);
                    Hop here = new Hop(judged, trip, hops, this);
                    return terms.means()
                            .cache()
                            .map(kept -> kept.read(judged, hops.credential(judged), here.waiting()))
                            .orElseGet(() -> here.ask(judged, parts -> parts));
                })
                .onErrorResume(Redirected.class, to -> hop(to.next(), trip, hops));
    }

    /** One request as soon as it may go; {@code tap} is put around its answer as it comes. */
    Flux<ResponsePart> ask(ApiRequest request, Trip trip, Hops hops, UnaryOperator<Flux<ResponsePart>> tap) {
        return Flux.defer(() -> {
            CircuitBreaker breaker = request.origin().equals(trust.home()) ? home : breaker(request.origin());
            Hold hold = new Hold();
            return admitted(request, trip, new Way(breaker, hops, hold))
                    .thenMany(Flux.defer(() -> send(request, trip, new Sent(hops, hold, tap))))
                    .doOnTerminate(hold::letGo)
                    .doOnCancel(hold::letGo);
        });
    }

    /** What one hop has with it when it goes out. */
    private record Sent(Hops hops, Hold hold, UnaryOperator<Flux<ResponsePart>> tap) {}

    /** What one hop passes. */
    private record Way(CircuitBreaker breaker, Hops hops, Hold hold) {}

    /** Completes when the request may go. */
    private Mono<Void> admitted(ApiRequest request, Trip trip, Way way) {
        return entered(request, trip, way)
                .then(Mono.defer(() -> {
                    trip.lane().waits().on(WaitReason.AUTH);
                    return way.hops.ready(request); // before the permit: nobody waits for a token while holding a slot
                }))
                .then(Mono.defer(() -> {
                    trip.lane().waits().on(WaitReason.LIMIT);
                    return terms.quotas()
                            .of(request)
                            .acquire(request.sending().cost())
                            .doOnNext(way.hold::take);
                }))
                .then(Mono.defer(() -> {
                    if (way.hold.current()) {
                        return Mono.empty();
                    }
                    way.hold.putBack(); // the circuit has opened while the permit was waited for
                    return admitted(request, trip, way);
                }));
    }

    private Mono<Void> entered(ApiRequest request, Trip trip, Way way) {
        Optional<Pass> now = way.breaker.enterNow();
        now.ifPresent(way.hold::take);
        if (now.isPresent()) {
            return Mono.empty();
        }
        return Mono.defer(() -> {
            trip.lane().waits().on(WaitReason.BREAKER);
            trip.tries().begin();
            Duration left = trip.tries().left();
            if (way.breaker.view().untilProbe().compareTo(left) > 0) {
                return Mono.error(new UpstreamUnavailable(request + " was not sent: " + request.origin()
                        + " keeps failing and is spared for longer than this request may wait; run again later"));
            }
            return way.breaker
                    .enter()
                    .doOnNext(way.hold::take)
                    .timeout(
                            left,
                            Mono.error(() -> trip.tries().outOfTime()),
                            terms.means().timer())
                    .then();
        });
    }

    private Flux<ResponsePart> send(ApiRequest request, Trip trip, Sent sent) {
        trip.lane().waits().on(WaitReason.AUTH);
        return sent.hops().authorise(request).flatMapMany(authorised -> {
            Sending sending =
                    new Sending(request, trip, sent.hops(), sent.hold().pass(), this);
            Flux<ResponsePart> answer = terms.means().transport().send(authorised);
            Flux<ResponsePart> parts = sending.judge(sent.tap().apply(answer));
            Permit permit = sent.hold().permit();
            return permit == null ? parts : terms.quotas().told(permit, parts);
        });
    }

    /** What all requests of the client have in common. */
    public Terms terms() {
        return terms;
    }

    Sunsets sunsets() {
        return sunsets;
    }
}
