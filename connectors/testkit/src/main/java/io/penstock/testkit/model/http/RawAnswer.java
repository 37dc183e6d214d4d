package io.penstock.testkit.model.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.penstock.testkit.model.endpoint.Reply;
import io.penstock.testkit.model.guard.Fault;
import io.penstock.testkit.model.record.Bytes;
import java.util.EnumSet;
import java.util.Set;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.FutureMono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;

/** Answers that break off: written past the HTTP encoder, which would refuse to, and ended with the connection. */
final class RawAnswer {

    /** The faults that end the connection. */
    static final Set<Fault> FAULTS =
            EnumSet.of(Fault.RESET_BEFORE_STATUS, Fault.RESET_MID_BODY, Fault.CUT_LENGTH, Fault.CUT_CHUNKED);

    private static final String END_OF_LINE = "\r\n";

    private RawAnswer() {}

    /** Sends as much of {@code reply} as {@code fault} lets through, and ends the connection. */
    static Mono<Void> send(HttpServerResponse response, Reply reply, Fault fault) {
        return Mono.defer(() -> {
            Channel[] channel = new Channel[1];
            response.withConnection(connection -> channel[0] = begin(connection, reply, fault));
            return FutureMono.from(channel[0].closeFuture());
        });
    }

    private static Channel begin(Connection connection, Reply reply, Fault fault) {
        Channel channel = connection.channel();
        channel.eventLoop().execute(() -> {
            if (fault == Fault.RESET_BEFORE_STATUS || fault == Fault.RESET_MID_BODY) {
                channel.config().setOption(ChannelOption.SO_LINGER, 0); // closing now sends RST
            }
            ChannelHandlerContext codec = channel.pipeline().context(NettyPipeline.HttpCodec);
            if (fault == Fault.RESET_BEFORE_STATUS || codec == null) {
                channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
            } else {
                codec.writeAndFlush(half(reply, fault)).addListener(ChannelFutureListener.CLOSE);
            }
        });
        return channel;
    }

    private static ByteBuf half(Reply reply, Fault fault) {
        Bytes body = reply.body();
        int sent = body.length() / 2;
        boolean chunked = fault == Fault.CUT_CHUNKED;
        Bytes out = new Bytes(512 + body.length());
        out.text("HTTP/1.1 " + reply.status() + " Cut" + END_OF_LINE);
        out.text("Content-Type: " + reply.type() + END_OF_LINE);
        reply.headers().forEach((name, value) -> out.text(name + ": " + value + END_OF_LINE));
        out.text(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length());
        out.text(END_OF_LINE + END_OF_LINE);
        if (chunked) {
            out.text(Integer.toHexString(sent) + END_OF_LINE);
        }
        out.raw(body.array(), 0, sent).text(chunked ? END_OF_LINE : "");
        return Unpooled.wrappedBuffer(out.array(), 0, out.length());
    }
}
