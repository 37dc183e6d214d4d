package io.penstock.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.error.PenstockException;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Head;
import io.penstock.record.HeldBytes;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** The codec and the body pipeline over bytes in memory: what a connection does, without one. */
final class MemoryWire {

    static final ApiRequest REQUEST = ApiRequest.of(Method.GET, URI.create("http://h/p"));

    static final BodyLoop HERE = new BodyLoop() {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void later(Runnable task) {
            task.run();
        }
    };

    private static final BodyFlux.Progress UNWATCHED = new BodyFlux.Progress() {
        @Override
        public void received(int bytes) {}

        @Override
        public void pause() {}

        @Override
        public void resume() {}
    };

    private final HttpLimits limits;
    private final HeldBytes held;
    private final List<ByteBuf> received = new ArrayList<>();
    private final List<Object> passedOn = new ArrayList<>();

    MemoryWire(HttpLimits limits, HeldBytes held) {
        this.limits = limits;
        this.held = held;
    }

    /** The parts that become of the bytes when the server closes behind them; not to be subscribed to twice. */
    Flux<ResponsePart> parts(byte[]... pieces) {
        List<Object> messages;
        try {
            messages = messages(pieces);
        } catch (CorruptedFrameException refused) { // whoever reads the connection is told, and it is closed
            return Flux.error(new ProtocolError(refused.getMessage()));
        }
        if (messages.isEmpty() || !(messages.get(0) instanceof HttpResponse head)) {
            return Flux.error(new TruncatedResponse("the connection closed before an answer"));
        }
        if (head.decoderResult().isFailure()) {
            return Flux.error(new ProtocolError("the header section is damaged"));
        }
        try {
            int status = head.status().code();
            Framing framing = Framing.judge(REQUEST, status, head.headers(), limits);
            return new BodyFlux(
                    new Head(status, Headers.received(head.headers()), "id", framing.framed()),
                    framing,
                    new BodyReader(REQUEST, framing, limits, held),
                    UNWATCHED,
                    wire(messages.subList(1, messages.size())),
                    HERE);
        } catch (PenstockException refused) {
            return Flux.error(refused);
        }
    }

    private List<Object> messages(byte[]... pieces) {
        EmbeddedChannel channel = new EmbeddedChannel(new ResponseCodec(limits));
        channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/p"));
        channel.releaseOutbound();
        try {
            for (byte[] piece : pieces) {
                if (channel.isOpen()) {
                    ByteBuf bytes = channel.alloc()
                            .directBuffer(Math.max(1, piece.length))
                            .writeBytes(piece);
                    received.add(bytes);
                    channel.writeInbound(bytes);
                }
            }
        } finally {
            channel.finish();
            for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
                passedOn.add(message);
            }
        }
        return List.copyOf(passedOn);
    }

    private static Publisher<Object> wire(List<Object> messages) {
        boolean whole = !messages.isEmpty()
                && messages.get(messages.size() - 1) instanceof LastHttpContent last
                && last.decoderResult().isSuccess();
        boolean damaged = messages.stream()
                .anyMatch(message -> ((HttpObject) message).decoderResult().isFailure());
        Flux<Object> end = damaged
                ? Flux.error(new ProtocolError("the body is damaged"))
                : whole ? Flux.empty() : Flux.error(new TruncatedResponse("the connection closed inside the body"));
        return Flux.fromIterable(messages)
                .filter(message -> ((ByteBufHolder) message).content().isReadable())
                .concatWith(end);
    }

    /** Lets go of all buffers, as the connection does behind whoever read them, and says whether nobody else holds one. */
    boolean released() {
        passedOn.forEach(ReferenceCountUtil::release);
        passedOn.clear();
        return received.stream().allMatch(bytes -> bytes.refCnt() == 0);
    }

    /** What a page does beside decoding: nothing but the format can prove the end of a body that HTTP does not frame. */
    static void requireEnd(Head head, Recorded recorded) {
        if (!head.framed() && !recorded.format().closesItself()) {
            throw new UnexpectedContent("unframed");
        }
    }
}
