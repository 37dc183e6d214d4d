package io.penstock.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.io.Serial;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Shares the one deadline for connecting among the addresses of a name: each may take an equal part of what is left, so that a
 * dead address costs a part of the deadline and the last one still has its turn.
 */
@Sharable
final class ConnectTurns extends ChannelOutboundHandlerAdapter {

    private final LongSupplier now;
    private final long deadline;

    /**
     * Turns of one length.
     *
     * @param now monotonic, in nanoseconds
     * @param deadline for all addresses together, in nanoseconds
     */
    ConnectTurns(LongSupplier now, long deadline) {
        this.now = now;
        this.deadline = deadline;
    }

    /** The same addresses, each knowing how many come behind it. */
    List<SocketAddress> of(List<? extends SocketAddress> addresses) {
        long end = now.getAsLong() + deadline;
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
    @SuppressWarnings("FutureReturnValueIgnored") // it is the promise, which its owner listens to
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
        if (remote instanceof Turn turn) {
            context.channel().config().setConnectTimeoutMillis(turn.millis(now.getAsLong()));
        }
        context.connect(remote, local, promise);
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

        int millis(long now) {
            long part = TimeUnit.NANOSECONDS.toMillis((end - now) / left);
            return (int) Math.max(1, Math.min(Integer.MAX_VALUE, part)); // 0 would mean for ever
        }
    }
}
