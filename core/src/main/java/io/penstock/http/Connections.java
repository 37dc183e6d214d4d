package io.penstock.http;

import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContextBuilder;
import io.penstock.http.Timeouts.Wait;
import io.penstock.message.Origin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;

/**
 * The pool, the event loops and the configured client of one transport; shared with nobody.
 *
 * <p>The client's own retry, redirects, decompression and timeouts for reading are off: they are ours. Requests whose URL came
 * from a peer have connections of their own, so that a guarded request never rides on one made without the guard.
 */
final class Connections {

    private static final int PENDING = 4096;

    private final ConnectionProvider pool;
    private final LoopResources loops;
    private final HttpClient plain;
    private final HttpClient secure;
    private final HttpClient guardedPlain;
    private final HttpClient guardedSecure;

    /**
     * How many, and whom to trust.
     *
     * @param most connections to one address
     * @param eventLoops threads
     * @param authorities certificate authorities to trust; none for the machine's own
     */
    record Size(int most, int eventLoops, List<X509Certificate> authorities) {}

    Connections(Size size, Timeouts timeouts, HttpLimits limits) {
        pool = ConnectionProvider.builder("penstock")
                .maxConnections(size.most())
                .pendingAcquireMaxCount(PENDING)
                .pendingAcquireTimeout(timeouts.of(Wait.POOL_ACQUIRE))
                .maxIdleTime(Duration.ofSeconds(30))
                .maxLifeTime(Duration.ofMinutes(5))
                .lifo()
                .build();
        loops = LoopResources.create("penstock-http", size.eventLoops(), true);
        plain = HttpClient.create(pool)
                .runOn(loops, true)
                .resolver(names -> names.runOn(loops, true).cacheMaxTimeToLive(Duration.ofSeconds(30)))
                .protocol(HttpProtocol.HTTP11)
                .disableRetry(true)
                .followRedirect(false)
                .compress(false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(timeouts.of(Wait.CONNECT)))
                .option(ChannelOption.SO_KEEPALIVE, true)
                .doOnChannelInit((observer, channel, address) -> channel.pipeline()
                        .replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, new ResponseCodec(limits)));
        secure = plain.secure(tls(size.authorities(), timeouts.of(Wait.TLS)));
        guardedPlain = guarded(plain);
        guardedSecure = guarded(secure);
    }

    private static int millis(Duration duration) {
        return (int) Math.min(Integer.MAX_VALUE, duration.toMillis());
    }

    private static SslProvider tls(List<X509Certificate> authorities, Duration handshake) {
        SslContextBuilder context = SslContextBuilder.forClient().protocols("TLSv1.3", "TLSv1.2");
        if (!authorities.isEmpty()) {
            context.trustManager(authorities.toArray(new X509Certificate[0]));
        }
        try {
            return SslProvider.builder()
                    .sslContext(context.build())
                    .handshakeTimeout(handshake)
                    .build();
        } catch (SSLException broken) {
            throw new IllegalStateException("this Java runtime offers no TLS 1.2 or 1.3", broken);
        }
    }

    /** All addresses of a name must be public, not just the first: a later try would take the next one. */
    private static HttpClient guarded(HttpClient client) {
        return client.resolvedAddressesSelector((config, addresses) -> {
            for (SocketAddress address : addresses) {
                if (address instanceof InetSocketAddress internet && internet.getAddress() != null) {
                    InetAddress target = internet.getAddress();
                    AddressRanges.requirePublic(internet.getHostString(), target.getAddress());
                }
            }
            return addresses;
        });
    }

    HttpClient to(Origin origin, boolean derived) {
        if (derived) {
            return origin.secure() ? guardedSecure : guardedPlain;
        }
        return origin.secure() ? secure : plain;
    }

    void close() {
        pool.disposeLater()
                .then(loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)))
                .subscribe();
    }
}
