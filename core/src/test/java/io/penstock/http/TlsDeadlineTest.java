package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A handshake that never ends, in virtual time. */
class TlsDeadlineTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<Object> events = new ArrayList<>();

    @AfterEach
    void endTime() {
        time.dispose();
    }

    private EmbeddedChannel channel() throws SSLException {
        EmbeddedChannel channel = new EmbeddedChannel(false, false);
        SslHandler tls = SslContextBuilder.forClient().build().newHandler(channel.alloc());
        TlsDeadline deadline = TlsDeadline.of(tls, time, Duration.ofSeconds(10));
        assertThat(tls.getHandshakeTimeoutMillis()).isZero();
        channel.pipeline().addLast(tls, deadline, new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext context, Object event) {
                events.add(event);
            }
        });
        return channel;
    }

    @Test
    void aHandshakeThatStallsEndsAtItsDeadline() throws Exception {
        EmbeddedChannel channel = channel();
        channel.register();
        time.advanceTimeBy(Duration.ofMillis(9_999));
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        time.advanceTimeBy(Duration.ofMillis(1));
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        assertThat(events.get(0))
                .isInstanceOfSatisfying(
                        SslHandshakeCompletionEvent.class,
                        event -> assertThat(event.cause()).isInstanceOf(SslHandshakeTimeoutException.class));
        channel.finishAndReleaseAll();
    }

    @Test
    void aConnectionThatHasClosedIsNotToldAgain() throws Exception {
        EmbeddedChannel channel = channel();
        channel.register();
        channel.close();
        int told = events.size();
        time.advanceTimeBy(Duration.ofHours(1));
        channel.runPendingTasks();
        assertThat(events).hasSize(told);
        channel.finishAndReleaseAll();
    }

    @Test
    void theDeadlineBeginsWhenTheConnectionStands() throws Exception {
        EmbeddedChannel channel = channel();
        time.advanceTimeBy(Duration.ofHours(1));
        channel.register();
        time.advanceTimeBy(Duration.ofSeconds(9));
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        channel.finishAndReleaseAll();
    }
}
