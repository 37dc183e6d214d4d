package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The codec on a connection that is read by demand. */
class ResponseCodecTest {

    private final CountingReads reads = new CountingReads();
    private EmbeddedChannel channel;

    private static final class CountingReads extends ChannelOutboundHandlerAdapter {
        private int count;

        @Override
        public void read(ChannelHandlerContext context) throws Exception {
            count++;
            super.read(context);
        }
    }

    @BeforeEach
    void ask() {
        channel = new EmbeddedChannel(reads, new ResponseCodec(HttpLimits.DEFAULT));
        channel.config().setAutoRead(false);
        channel.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/x"));
        reads.count = 0;
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void arrives(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(Answers.utf8(text)));
    }

    @Test
    void moreIsReadBehindAnInterimAnswerThatComesAlone() {
        arrives("HTTP/1.1 102 Processing\r\n\r\n");
        assertThat(reads.count).isEqualTo(1);
        assertThat(channel.inboundMessages()).isEmpty();
        arrives("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
        assertThat(reads.count).isEqualTo(2);
        arrives("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
        Object head = channel.readInbound();
        assertThat(head).isInstanceOf(HttpResponse.class);
        assertThat(reads.count).as("whoever has the head asks for the rest").isEqualTo(2);
        ReferenceCountUtil.release(head);
    }

    @Test
    void aHeadThatComesInPiecesIsReadToItsEnd() {
        arrives("HTTP/1.1 200 OK\r\nContent-");
        assertThat(reads.count).isEqualTo(1);
    }
}
