package io.penstock.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import java.io.Serial;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

/**
 * Shares the one deadline for connecting among the addresses of a name: each may take an equal part of what is left, so that a
 * dead address costs a part of the deadline and the last one still has its turn.
 */
@Sharable
final class ConnectTurns extends ChannelOutboundHandlerAdapter {

    private final Scheduler timer;
    private final long deadline;

    /**
     * Turns of one length.
     *
     * @param timer tells the time, and when it is up
     * @param deadline for all addresses together, in nanoseconds
     */
    ConnectTurns(Scheduler timer, long deadline) {
        this.timer = timer;
        this.deadline = deadline;
    }

    private long now() {
        return timer.now(TimeUnit.NANOSECONDS);
    }

    /** The same addresses, each knowing how many come behind it. */
    List<SocketAddress> of(List<? extends SocketAddress> addresses) {
        long end = now() + deadline;
        List<SocketAddress> turns = new ArrayList<>(addresses.size());
        for (int i = 0; i < addresses.size(); i++) {
            boolean usual = addresses.get(i) instanceof InetSocketAddress known && !known.isUnresolved();
            turns.add(
                    usual
                            ? new Turn((InetSocketAddress) addresses.get(i), end, addresses.size() - i)
                            : addresses.get(i));
        }
        return turns;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // it is the promise, which its owner listens to, and so do we
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        context.channel().config().setConnectTimeoutMillis(0); // the alarm is ours
        long most = remote instanceof Turn turn ? turn.nanos(now()) : deadline;
        Disposable alarm = timer.schedule(
                () -> context.executor().execute(() -> late(context, promise)), most, TimeUnit.NANOSECONDS);
        promise.addListener(done -> alarm.dispose());
        context.connect(remote, local, promise);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // there is nothing left to do once it is closed
    private static void late(ChannelHandlerContext context, ChannelPromise promise) {
        if (promise.tryFailure(new ConnectTimeoutException("the address did not answer in its part of the deadline"))) {
            context.close();
        }
    }

    /** An address and its part of the deadline. */
    private static final class Turn extends InetSocketAddress {

        @Serial
        private static final long serialVersionUID = 1L;

        private final long end;
        private final int left;

        Turn(InetSocketAddress address, long end, int left) {
            super(address.getAddress(), address.getPort());
            this.end = end;
            this.left = left;
        }

        long nanos(long now) {
            return Math.max(0, (end - now) / left);
        }
    }
}
