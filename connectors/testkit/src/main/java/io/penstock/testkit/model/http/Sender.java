package io.penstock.testkit.model.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.penstock.testkit.model.endpoint.Problem;
import io.penstock.testkit.model.endpoint.Reply;
import io.penstock.testkit.model.guard.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServerResponse;

/** Sends answers, as they should be or as a {@link Fault} has them. Safe for concurrent use. */
final class Sender {

    private static final int PIECES = 10;
    private static final Duration BETWEEN_PIECES = Duration.ofMillis(40);

    private final Scheduler scheduler;
    private final Map<EventLoop, Scheduler> loops = new ConcurrentHashMap<>();

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

    /**
     * Sends one answer; completes when it has left or its connection is gone.
     *
     * <p>Always as a task of its own on the event loop of the connection, never at once. Reactor Netty reads from a
     * kept-alive connection again when an answer has ended, but not if that happens while it still hands over a request
     * that had waited behind another one: answered at once, such a request leaves a connection that is never read again
     * (Reactor Netty up to 1.3.7, its issue 4361). From another thread there is a gap between the last byte and the end of an
     * answer, in which the next request arrives too early and has to wait.
     */
    Mono<Void> send(HttpServerResponse response, Reply reply, @Nullable Fault fault) {
        EventLoop[] found = new EventLoop[1];
        response.withConnection(connection -> found[0] = connection.channel().eventLoop());
        EventLoop loop = found[0];
        return Mono.defer(() -> Mono.from(write(response, reply, fault, loop))).subscribeOn(on(loop));
    }

    private Publisher<Void> write(HttpServerResponse response, Reply reply, @Nullable Fault fault, EventLoop loop) {
        if (fault != null && RawAnswer.FAULTS.contains(fault)) {
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
        return fault == Fault.SLOW_PAGE ? dribble(response, reply, loop) : response.send(Mono.just(piece(reply, 0, 1)));
    }

    /** The last piece leaves together with the end of the answer: who has all of it may ask again at once. */
    private Publisher<Void> dribble(HttpServerResponse response, Reply reply, EventLoop loop) {
        Flux<ByteBuf> pieces = Flux.range(0, PIECES)
                .concatMap(at -> Mono.delay(BETWEEN_PIECES, scheduler).map(tick -> piece(reply, at, PIECES)), 1)
                .publishOn(on(loop), 1)
                .take(PIECES); // ends with the last piece, on the loop; the timer's thread would tell the end later
        int[] left = {PIECES};
        return response.send(pieces, piece -> --left[0] > 0);
    }

    private Scheduler on(EventLoop loop) {
        return loops.computeIfAbsent(loop, Schedulers::fromExecutor);
    }

    private static ByteBuf piece(Reply reply, int at, int of) {
        int length = reply.body().length();
        int from = (int) ((long) length * at / of);
        int to = (int) ((long) length * (at + 1) / of);
        return Unpooled.wrappedBuffer(reply.body().array(), from, to - from);
    }
}
