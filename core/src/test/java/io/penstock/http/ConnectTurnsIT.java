package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.embedded.EmbeddedChannel;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.NetworkError.Step;
import io.penstock.http.Timeouts.Wait;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.test.scheduler.VirtualTimeScheduler;

/** N3, N12. Time budget: 15 s. */
class ConnectTurnsIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static ApiRequest get(int port) {
        return ApiRequest.of(Method.GET, URI.create("http://many.test:" + port + "/x"));
    }

    @Test
    void eachAddressMayTakeItsPartOfWhatIsLeft() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        ConnectTurns turns = new ConnectTurns(time, TimeUnit.SECONDS.toNanos(9));
        List<SocketAddress> addresses = turns.of(List.of(
                new InetSocketAddress("127.0.0.1", 1),
                new InetSocketAddress("127.0.0.2", 1),
                new InetSocketAddress("127.0.0.3", 1)));
        assertThat(allowed(time, turns, addresses.get(0))).as("a dead one").isEqualTo(3000);
        assertThat(allowed(time, turns, addresses.get(1))).as("a third of nine").isEqualTo(3000);
        time.advanceTimeBy(Duration.ofMillis(100)); // something else has taken its time
        assertThat(allowed(time, turns, addresses.get(2))).as("what is left").isEqualTo(2900);
        assertThat(allowed(time, turns, addresses.get(2))).as("nothing is left").isZero();
        assertThat(allowed(time, turns, new InetSocketAddress("127.0.0.1", 1)))
                .as("the only one there is")
                .isEqualTo(9000);
        time.dispose();
    }

    /** After how many virtual milliseconds an address that never answers is given up. */
    private static long allowed(VirtualTimeScheduler time, ConnectTurns turns, SocketAddress address) {
        EmbeddedChannel channel = new EmbeddedChannel(new SilentAddress(), turns);
        ChannelFuture connected = channel.connect(address);
        assertThat(channel.config().getConnectTimeoutMillis())
                .as("the library has no say")
                .isZero();
        long began = time.now(TimeUnit.MILLISECONDS);
        for (int i = 0; i <= 10_000 && !connected.isDone(); i++) {
            assertThat(channel.isOpen()).isTrue();
            time.advanceTimeBy(Duration.ofMillis(i == 0 ? 0 : 1));
            channel.runPendingTasks();
        }
        assertThat(connected.cause()).isInstanceOf(ConnectTimeoutException.class);
        assertThat(channel.isOpen()).isFalse();
        return time.now(TimeUnit.MILLISECONDS) - began;
    }

    /** Never says whether it is there. */
    private static final class SilentAddress extends ChannelOutboundHandlerAdapter {
        @Override
        public void connect(
                ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
            // and nothing comes back
        }
    }

    @Test
    void anAlarmIsOffOnceTheAddressHasAnswered() {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        EmbeddedChannel channel = new EmbeddedChannel(new ConnectTurns(time, TimeUnit.SECONDS.toNanos(9)));
        channel.connect(new InetSocketAddress("127.0.0.1", 1));
        assertThat(time.getScheduledTaskCount()).isEqualTo(1);
        time.advanceTimeBy(Duration.ofHours(1));
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isTrue();
        channel.finishAndReleaseAll();
        time.dispose();
    }

    @Test
    void theNextAddressIsTakenWhenOneRefuses() {
        try (RawServer server = RawServer.answering(Answers.ok("{}"))) {
            HostTable names = new HostTable().with("many.test", "127.0.0.9", "127.0.0.8", "127.0.0.1");
            HttpTransport transport = HttpTransport.builder().names(names).build();
            assertThat(transport.send(get(server.port())).count().block(LIMIT)).isEqualTo(2);
            assertThat(server.connections()).isEqualTo(1);
            transport.close();
        }
    }

    @Test
    void theNextAddressIsTakenWithinTheDeadlineWhenOneIsDead() throws IOException {
        try (RawServer server = RawServer.answering(Answers.ok("{}"));
                Full full = new Full("127.0.0.7", server.port())) {
            assertThat(full.port()).isEqualTo(server.port());
            HostTable names = new HostTable().with("many.test", "127.0.0.7", "127.0.0.1");
            HttpTransport transport = HttpTransport.builder()
                    .names(names)
                    .timeouts(Timeouts.DEFAULT.with(Wait.CONNECT, Duration.ofSeconds(2)))
                    .build();
            assertThat(transport.send(get(server.port())).count().block(LIMIT)).isEqualTo(2);
            transport.close();
        }
    }

    @Test
    void allAddressesTogetherHaveOneDeadline() throws IOException {
        try (Full one = new Full("127.0.0.5", 0);
                Full two = new Full("127.0.0.6", one.port());
                Full three = new Full("127.0.0.7", one.port())) {
            assertThat(three.port()).isEqualTo(two.port());
            HostTable names = new HostTable().with("many.test", "127.0.0.5", "127.0.0.6", "127.0.0.7");
            HttpTransport transport = HttpTransport.builder()
                    .names(names)
                    .timeouts(Timeouts.DEFAULT.with(Wait.CONNECT, Duration.ofSeconds(3)))
                    .build();
            Duration took = transport
                    .send(get(one.port()))
                    .then()
                    .materialize()
                    .doOnNext(end -> assertThat(end.getThrowable())
                            .isInstanceOfSatisfying(
                                    NetworkError.class,
                                    error -> assertThat(error.step()).isEqualTo(Step.CONNECT)))
                    .elapsed()
                    .block(LIMIT)
                    .mapT1(Duration::ofMillis)
                    .getT1();
            assertThat(took).as("three times one second, not three times three").isLessThan(Duration.ofSeconds(6));
            transport.close();
        }
    }

    /** Listens, but its queue is full: whoever comes gets no answer. */
    private static final class Full implements AutoCloseable {

        private final ServerSocket listener;
        private final List<Socket> queue = new ArrayList<>();

        Full(String address, int port) throws IOException {
            listener = new ServerSocket(port, 1, InetAddress.getByName(address));
            for (int i = 0; i < 8; i++) {
                Socket socket = new Socket();
                queue.add(socket);
                try {
                    socket.connect(listener.getLocalSocketAddress(), 100);
                } catch (IOException full) {
                    return;
                }
            }
            throw new IOException("the queue of " + address + " never fills");
        }

        int port() {
            return listener.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : queue) {
                socket.close();
            }
            listener.close();
        }
    }
}
