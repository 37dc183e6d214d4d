package io.penstock.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** Ends one connection whose TLS handshake takes longer than its deadline, by the injected timer. Stands behind the TLS handler. */
final class TlsDeadline extends ChannelInboundHandlerAdapter {

    private final Scheduler timer;
    private final Duration deadline;
    private final Disposable.Swap alarm = Disposables.swap();
    private boolean over;

    private TlsDeadline(Scheduler timer, Duration deadline) {
        this.timer = timer;
        this.deadline = deadline;
    }

    /** Watches the handshake of {@code tls} instead of itself. */
    static TlsDeadline of(SslHandler tls, Scheduler timer, Duration deadline) {
        tls.setHandshakeTimeoutMillis(0);
        return new TlsDeadline(timer, deadline);
    }

    /** The connection stands, or the tunnel to the server; the handshake begins. */
    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (!over) {
            alarm.update(timer.schedule(
                    () -> context.executor().execute(() -> late(context)), deadline.toNanos(), TimeUnit.NANOSECONDS));
        }
        context.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent) {
            end();
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
        context.fireChannelInactive();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing left to do once it is closed
    private void late(ChannelHandlerContext context) {
        if (!over) {
            end();
            context.fireUserEventTriggered(new SslHandshakeCompletionEvent(
                    new SslHandshakeTimeoutException("the handshake was not done within " + deadline)));
            context.close();
        }
    }

    private void end() {
        over = true;
        alarm.dispose();
    }
}
