package io.penstock.client;

import io.penstock.cache.ResponseCache;
import io.penstock.client.Hops.Redirected;
import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.TryLater.Throttled;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.observe.Lane;
import io.penstock.observe.WaitReason;
import io.penstock.rate.Permits;
import io.penstock.retry.RetryListener;
import io.penstock.retry.RetryPolicy;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One request through everything: retry around permit around credential around send. Whoever sends, sends through here.
 */
final class Exchange {

    private final ClientResources resources;
    private final Permits permits;
    private final Trust trust;
    private final RetryPolicy retry;
    private final RetryListener listener;
    private final Answers answers;
    private final Optional<ResponseCache> cache;

    Exchange(
            ClientResources resources,
            Permits permits,
            Trust trust,
            RetryPolicy retry,
            RetryListener listener,
            Optional<ResponseCache> cache) {
        this.resources = resources;
        this.permits = permits;
        this.trust = trust;
        this.retry = retry;
        this.listener = listener;
        this.cache = cache;
        this.answers = new Answers(resources.clock(), permits, retry);
    }

    /** The whole answer; a body above the page buffer is {@code LimitExceeded}. */
    Mono<ApiResponse> whole(ApiRequest request) {
        return repeated(
                        request,
                        (lane, attempt) -> once(request, lane).collectList().map(parts -> gather(request, parts)))
                .single();
    }

    private static ApiResponse gather(ApiRequest request, List<ResponsePart> parts) {
        Head head = (Head) parts.get(0);
        if (parts.size() > 2) {
            throw new LimitExceeded(
                    "the answer to " + request + " is larger than the page buffer: read it by pages(...)");
        }
        byte[] body = parts.size() == 2 ? ((Chunk) parts.get(1)).bytes() : new byte[0];
        return new ApiResponse(head.status(), head.headers(), body, head.requestId());
    }

    /** One try after the other of what {@code attempt} makes, until one succeeds or the policy gives up. */
    <T> Flux<T> repeated(ApiRequest request, Attempt<T> attempt) {
        return Flux.deferContextual(context -> {
            Lane lane = Lane.in(context).orElseGet(() -> Lane.begin(resources.timer()));
            int[] tries = {0};
            return Flux.defer(() -> attempt.number(lane, ++tries[0]))
                    .retryWhen(retry.on(request, resources.timer(), resources.random(), (number, failure, wait) -> {
                        lane.repeated();
                        lane.waits().on(failure instanceof Throttled ? WaitReason.RETRY_AFTER : WaitReason.BACKOFF);
                        listener.retrying(number, failure, wait);
                    }));
        });
    }

    /** Makes one try; 1 is the first. */
    @FunctionalInterface
    interface Attempt<T> {
        Publisher<T> number(Lane lane, int attempt);
    }

    /** One try, its redirects followed; errors unless the final status is a success. */
    Flux<ResponsePart> once(ApiRequest request, Lane lane) {
        return hop(request, lane, new Hops(trust));
    }

    private Flux<ResponsePart> hop(ApiRequest request, Lane lane, Hops hops) {
        return Flux.defer(() -> {
                    ApiRequest judged = trust.destinations().judge(request);
                    lane.waits().on(WaitReason.SERVER); // somebody else may be asking already
                    return cache.map(kept -> kept.read(judged, hops.credential(judged), new Hop(judged, lane, hops)))
                            .orElseGet(() -> new Hop(judged, lane, hops).ask(judged, parts -> parts));
                })
                .onErrorResume(Redirected.class, to -> hop(to.next(), lane, hops));
    }

    /** One request without repeats and redirects, as a cache sees it. */
    private final class Hop implements ResponseCache.Origin {

        private final ApiRequest request;
        private final Lane lane;
        private final Hops hops;

        Hop(ApiRequest request, Lane lane, Hops hops) {
            this.request = request;
            this.lane = lane;
            this.hops = hops;
        }

        @Override
        public Flux<ResponsePart> kept(Flux<ResponsePart> parts) {
            return answers.judgeKept(request, parts, hops);
        }

        @Override
        public Flux<ResponsePart> ask(ApiRequest asked, UnaryOperator<Flux<ResponsePart>> tap) {
            return Flux.defer(() -> {
                        lane.waits().on(WaitReason.LIMIT);
                        return permits.acquire(asked.sending().cost());
                    })
                    .flatMap(permit -> send(asked, tap).doFinally(end -> permit.release()), 1);
        }

        private Flux<ResponsePart> send(ApiRequest asked, UnaryOperator<Flux<ResponsePart>> tap) {
            Flux<ResponsePart> parts = Flux.defer(() -> {
                lane.waits().on(WaitReason.AUTH);
                return hops.authorise(asked).flatMapMany(authorised -> {
                    lane.waits().on(WaitReason.SERVER);
                    lane.sent();
                    return resources.transport().send(authorised);
                });
            });
            return answers.judge(request, tap.apply(parts), lane, hops);
        }
    }
}
