package io.penstock.client;

import io.penstock.client.Hops.Redirected;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.BadAnswer.RequestRejected;
import io.penstock.error.PenstockException;
import io.penstock.error.Place;
import io.penstock.error.TryLater.Throttled;
import io.penstock.error.TryLater.UpstreamError;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.observe.Lane;
import io.penstock.observe.RequestLog;
import io.penstock.observe.WaitReason;
import io.penstock.rate.Permits;
import io.penstock.rate.RateHeaders;
import io.penstock.retry.RetryAfter;
import io.penstock.retry.RetryPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** Turns statuses into types: the only place that looks at the number. */
final class Answers {

    private final Clock clock;
    private final Permits permits;
    private final RetryPolicy retry;

    Answers(Clock clock, Permits permits, RetryPolicy retry) {
        this.clock = clock;
        this.permits = permits;
        this.retry = retry;
    }

    /** Lets the parts of a success pass; anything else becomes an error once its body has been read. */
    Flux<ResponsePart> judge(ApiRequest request, Flux<ResponsePart> parts, Lane lane, Hops hops) {
        return Flux.deferContextual(context -> {
            Head[] seen = new Head[1];
            Optional<RequestLog> log = RequestLog.in(context);
            Flux<ResponsePart> noted = log.isPresent() ? parts.doOnError(failed -> note(log, request, 0)) : parts;
            return noted.<ResponsePart>handle((part, out) -> {
                if (part instanceof Head head) {
                    seen[0] = head;
                    note(log, request, head.status());
                    begin(head, lane);
                }
                if (part instanceof Chunk chunk) {
                    lane.received(chunk.bytes().length);
                }
                if (seen[0].status() < 300) {
                    out.next(part);
                } else if (part instanceof Chunk chunk && chunk.last()) {
                    out.error(failure(request, seen[0], chunk.bytes(), hops));
                }
            });
        });
    }

    /** As {@link #judge}, for an answer that was kept: it says nothing of the server as it is now, and nothing was sent. */
    Flux<ResponsePart> judgeKept(ApiRequest request, Flux<ResponsePart> parts, Hops hops) {
        return Flux.defer(() -> {
            Head[] seen = new Head[1];
            return parts.<ResponsePart>handle((part, out) -> {
                seen[0] = part instanceof Head head ? head : seen[0];
                if (seen[0].status() < 300) {
                    out.next(part);
                } else if (part instanceof Chunk chunk && chunk.last()) {
                    out.error(failure(request, seen[0], chunk.bytes(), hops));
                }
            });
        });
    }

    private static void note(Optional<RequestLog> log, ApiRequest request, int status) {
        log.ifPresent(listener -> listener.sent(new RequestLog.Entry(
                request.method().name(), request.origin() + request.url().getRawPath(), request.queryNames(), status)));
    }

    private void begin(Head head, Lane lane) {
        lane.waits().on(WaitReason.TRANSFER);
        RateHeaders.parse(head.headers(), clock.instant())
                .forEach(hint -> permits.hint(hint.remaining(), hint.reset(), hint.quota()));
    }

    private RuntimeException failure(ApiRequest request, Head head, byte[] body, Hops hops) {
        return hops.next(request, head)
                .<RuntimeException>map(Redirected::new)
                .orElseGet(() -> refused(request, head, body).in(Place.request(0, head.requestId())));
    }

    private PenstockException refused(ApiRequest request, Head head, byte[] body) {
        int status = head.status();
        String what = request + " was answered with " + status + ErrorCode.in(body);
        Duration after = retryAfter(head).orElse(Duration.ZERO);
        if (status == 429) {
            return throttled(what, status, after);
        }
        if (status == 401 || status == 403 || status == 407) {
            return new AuthError(what + advice(status));
        }
        if (retry.retries(status)) {
            if (!after.isZero()) {
                permits.hold(min(after, retry.maxRetryAfter()));
            }
            return after.compareTo(retry.maxRetryAfter()) > 0
                    ? throttled(what, status, after)
                    : new UpstreamError(what, status, after);
        }
        return new RequestRejected(what + advice(status), status);
    }

    /** The whole budget waits, so that requests side by side do not each find out. */
    private PenstockException throttled(String what, int status, Duration after) {
        if (after.compareTo(retry.maxRetryAfter()) > 0) {
            Instant resumeAt = clock.instant().plus(after);
            return new Throttled(
                    what + ": the server asks to wait until " + resumeAt + ", longer than the " + retry.maxRetryAfter()
                            + " that are sat out: run again then",
                    status,
                    after,
                    resumeAt);
        }
        if (!after.isZero()) {
            permits.hold(after);
        }
        return new Throttled(what, status, after);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private Optional<Duration> retryAfter(Head head) {
        return RetryAfter.parse(
                head.headers().all("Retry-After"), head.headers().first("Date"), clock.instant());
    }

    private static String advice(int status) {
        return switch (status) {
            case 400, 422 -> ": the server does not accept these parameters: check params and body";
            case 401 -> ": the credentials are missing or wrong: check auth and that the token has not expired";
            case 403 -> ": the credentials do not suffice: check the scopes or rights of the token";
            case 404 -> ": there is nothing at this path: check base_url and path";
            case 405 -> ": the server does not allow this method here: check method";
            case 407 -> ": the proxy refuses the credentials";
            case 410 -> ": what was there is gone for good";
            default -> "";
        };
    }
}
