package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** N3, N12. Time budget: 15 s. */
class ConnectTurnsIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static ApiRequest get(int port) {
        return ApiRequest.of(Method.GET, URI.create("http://many.test:" + port + "/x"));
    }

    @Test
    void eachAddressMayTakeItsPartOfWhatIsLeft() {
        AtomicLong now = new AtomicLong();
        ConnectTurns turns = new ConnectTurns(now::get, TimeUnit.SECONDS.toNanos(10));
        List<SocketAddress> addresses = turns.of(List.of(
                new InetSocketAddress("127.0.0.1", 1),
                new InetSocketAddress("127.0.0.2", 1),
                new InetSocketAddress("127.0.0.3", 1)));
        assertThat(allowed(turns, addresses.get(0))).isEqualTo(3333);
        now.set(TimeUnit.MILLISECONDS.toNanos(3333)); // the first one was dead
        assertThat(allowed(turns, addresses.get(1))).isEqualTo(3333);
        now.set(TimeUnit.MILLISECONDS.toNanos(3400)); // the second one refused at once
        assertThat(allowed(turns, addresses.get(2))).isEqualTo(6600);
        now.set(TimeUnit.SECONDS.toNanos(11));
        assertThat(allowed(turns, addresses.get(2))).as("never for ever").isEqualTo(1);
    }

    private static int allowed(ConnectTurns turns, SocketAddress address) {
        EmbeddedChannel channel = new EmbeddedChannel(turns);
        channel.connect(address);
        int millis = channel.config().getConnectTimeoutMillis();
        channel.finishAndReleaseAll();
        return millis;
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
