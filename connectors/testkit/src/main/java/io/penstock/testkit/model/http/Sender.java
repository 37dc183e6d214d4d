package io.penstock.testkit.model.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.penstock.testkit.model.guard.Fault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerResponse;

/** Sends answers, as they should be or as a {@link Fault} has them. Safe for concurrent use. */
final class Sender {

    private static final int PIECES = 10;
    private static final Duration BETWEEN_PIECES = Duration.ofMillis(40);

    private final Scheduler scheduler;

    Sender(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** What is sent instead of {@code reply}, as far as a whole answer can say it. */
    static Reply spoil(Reply reply, @Nullable Fault fault) {
        if (fault == null) {
            return reply;
        }
        Reply instead = switch (fault) {
            case THROTTLE -> new Problem(429, "throttled", "slow down").reply().with("Retry-After", "1");
            case THROTTLE_NO_HINT -> new Problem(429, "throttled", "slow down").reply();
            case INTERNAL_ERROR -> new Problem(500, "internal_error", "something broke").reply();
            case BAD_GATEWAY -> Reply.html(502, "Bad Gateway");
            case UNAVAILABLE -> new Problem(503, "unavailable", "try again later").reply();
            case HTML_PAGE -> Reply.html(200, "Down for maintenance");
            case EMPTY_BODY -> Reply.empty(200);
            default -> reply;
        };
        return instead;
    }

    /** Sends one answer; completes when it has left or its connection is gone. */
    Publisher<Void> send(HttpServerResponse response, Reply reply, @Nullable Fault fault) {
        if (fault == Fault.RESET_BEFORE_STATUS
                || fault == Fault.RESET_MID_BODY
                || fault == Fault.CUT_LENGTH
                || fault == Fault.CUT_CHUNKED) {
            return RawAnswer.send(response, reply, fault);
        }
        response.status(reply.status());
        reply.headers().forEach(response::header);
        if (reply.status() == 304) {
            return response.send();
        }
        response.header(HttpHeaderNames.CONTENT_TYPE, reply.type());
        response.header(
                HttpHeaderNames.CONTENT_LENGTH, String.valueOf(reply.body().length()));
        return fault == Fault.SLOW_PAGE ? dribble(response, reply) : response.send(Mono.just(piece(reply, 0, 1)));
    }

    private Publisher<Void> dribble(HttpServerResponse response, Reply reply) {
        Flux<ByteBuf> pieces = Flux.range(0, PIECES)
                .concatMap(at -> Mono.delay(BETWEEN_PIECES, scheduler).map(tick -> piece(reply, at, PIECES)), 1);
        return response.send(pieces, piece -> true);
    }

    private static ByteBuf piece(Reply reply, int at, int of) {
        int length = reply.body().length();
        int from = (int) ((long) length * at / of);
        int to = (int) ((long) length * (at + 1) / of);
        return Unpooled.wrappedBuffer(reply.body().array(), from, to - from);
    }
}
