package io.penstock.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.penstock.http.HttpLimits.Limit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;

/**
 * Writes requests and reads answers of one connection, one at a time.
 *
 * <p>Stricter than the codec it stands in for: interim answers (1xx) are counted and passed over, and a byte that no request
 * asked for, such as one behind the announced length, closes the connection before another request can take it for its answer.
 */
final class ResponseCodec extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {

    /** Large, so that one read of the socket is one buffer. */
    private static final int LARGEST_BUFFER = 512 << 10;

    private @Nullable HttpMethod pending;

    ResponseCodec(HttpLimits limits) {
        HttpDecoderConfig config = new HttpDecoderConfig()
                .setMaxInitialLineLength((int) limits.of(Limit.HEADER_LINE))
                .setMaxHeaderSize((int) limits.of(Limit.HEADER_BLOCK))
                .setMaxChunkSize(LARGEST_BUFFER);
        init(new Decoder(config, (int) limits.of(Limit.INTERIM)), new Encoder());
    }

    private final class Encoder extends HttpRequestEncoder {

        @Override
        protected void encode(ChannelHandlerContext context, Object message, List<Object> out) throws Exception {
            if (message instanceof HttpRequest request) {
                pending = request.method();
            }
            super.encode(context, message, out);
        }
    }

    private final class Decoder extends HttpResponseDecoder {

        private final int mostInterim;
        private int interim;
        private boolean passedOver;

        Decoder(HttpDecoderConfig config, int mostInterim) {
            super(config);
            this.mostInterim = mostInterim;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // there is nothing left to do once it is closed
        protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) throws Exception {
            if (pending == null) {
                bytes.skipBytes(actualReadableBytes());
                context.close();
                return;
            }
            try {
                judge(context, bytes, out);
            } catch (CorruptedFrameException broken) {
                context.close(); // or whoever floods us would be read, and refused, for ever
                throw broken;
            }
        }

        private void judge(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) throws Exception {
            int before = out.size();
            super.decode(context, bytes, out);
            for (int i = before; i < out.size(); i++) {
                if (out.get(i) instanceof HttpResponse response && isInterim(response)) {
                    passOver(response, out, i--);
                } else if (out.get(i) instanceof LastHttpContent) {
                    answered(context);
                }
            }
        }

        private boolean isInterim(HttpResponse response) {
            return response.decoderResult().isSuccess()
                    && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        }

        private void passOver(HttpResponse response, List<Object> out, int at) {
            out.remove(at);
            if (at < out.size() && out.get(at) instanceof LastHttpContent) {
                out.remove(at);
            }
            interim++;
            passedOver = true;
            if (response.status().code() == 101) {
                throw new CorruptedFrameException("the server switches protocols (101), which nobody asked for");
            }
            if (interim > mostInterim) {
                throw new CorruptedFrameException(
                        "more than " + mostInterim + " interim answers (1xx) came before a final one");
            }
        }

        /** What was passed over counts as read for the codec, but nobody behind it has seen it, or will ask for more. */
        @Override
        public void channelReadComplete(ChannelHandlerContext context) throws Exception {
            super.channelReadComplete(context);
            if (passedOver) {
                passedOver = false;
                context.read();
            }
        }

        private void answered(ChannelHandlerContext context) {
            pending = null;
            interim = 0;
            if (actualReadableBytes() > 0) {
                Connection.from(context.channel()).markPersistent(false);
            }
        }

        @Override
        protected boolean isContentAlwaysEmpty(HttpMessage message) {
            int status = ((HttpResponse) message).status().code();
            return HttpMethod.HEAD.equals(pending) || status == 205 || super.isContentAlwaysEmpty(message);
        }
    }
}
