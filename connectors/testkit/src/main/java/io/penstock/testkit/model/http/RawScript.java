package io.penstock.testkit.model.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.penstock.testkit.model.hostile.Played.End;
import io.penstock.testkit.model.hostile.Played.Piece;
import io.penstock.testkit.model.hostile.Played.Raw;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.FutureMono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes answers byte by byte, past the HTTP encoder, as slowly as the client reads them. The connection carries no other
 * answer: it ends with this one, or stays silent until the client closes it. Safe for concurrent use.
 */
final class RawScript {

    private final Scheduler timer;

    RawScript(Scheduler timer) {
        this.timer = timer;
    }

    /** Completes when the connection is gone. */
    Mono<Void> send(HttpServerResponse response, Raw raw) {
        return Mono.defer(() -> {
            Channel[] channel = new Channel[1];
            response.withConnection(connection -> channel[0] = connection.channel());
            Mono<Void> gone = FutureMono.from(channel[0].closeFuture());
            return Flux.fromIterable(raw.pieces())
                    .concatMap(piece -> write(channel[0], piece), 1)
                    .takeUntilOther(gone)
                    .then(Mono.defer(() -> end(channel[0], raw.end())))
                    .onErrorResume(broken -> Mono.empty()) // the client has hung up
                    .then(gone);
        });
    }

    private Mono<Void> write(Channel channel, Piece piece) {
        Mono<Void> written = FutureMono.deferFuture(() -> {
            ChannelHandlerContext codec = channel.pipeline().context(NettyPipeline.HttpCodec);
            return codec == null
                    ? channel.newFailedFuture(new IllegalStateException("the connection is gone"))
                    : codec.writeAndFlush(Unpooled.wrappedBuffer(piece.bytes()));
        });
        return piece.pause().isZero()
                ? written
                : Mono.delay(piece.pause(), timer).then(written);
    }

    private static Mono<Void> end(Channel channel, End end) {
        return switch (end) {
            case SILENCE -> Mono.empty();
            case CLOSE -> FutureMono.deferFuture(channel::close);
            case RESET ->
                FutureMono.deferFuture(() -> {
                    channel.config().setOption(ChannelOption.SO_LINGER, 0); // closing now sends RST
                    return channel.close();
                });
        };
    }
}
