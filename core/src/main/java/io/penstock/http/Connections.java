package io.penstock.http;

import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.AddressResolverGroup;
import io.penstock.http.Timeouts.Wait;
import io.penstock.http.outbound.Outbound;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Scheduler;
import reactor.netty.NettyPipeline;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * The pool and the event loops of one transport; shared with nobody.
 *
 * <p>The client's own retry, redirects, decompression and timeouts are off, or run on the injected timer: they are ours.
 */
final class Connections {

    private static final int PENDING = 4096;

    private final ConnectionProvider pool;
    private final LoopResources loops;
    private final Routes.Ground ground;

    /**
     * How many, whom to trust and whom to ask for addresses.
     *
     * @param most connections to one address
     * @param eventLoops threads
     * @param authorities certificate authorities to trust; none for the machine's own
     * @param names resolves host names; empty for the machine's name servers
     */
    record Size(int most, int eventLoops, List<X509Certificate> authorities, Optional<AddressResolverGroup<?>> names) {}

    Connections(Size size, Timeouts timeouts, HttpLimits limits, Scheduler timer) {
        pool = ConnectionProvider.builder("penstock")
                .maxConnections(size.most())
                .pendingAcquireMaxCount(PENDING)
                .pendingAcquireTimeout(timeouts.of(Wait.POOL_ACQUIRE))
                .pendingAcquireTimer((task, after) -> timer.schedule(task, after.toNanos(), TimeUnit.NANOSECONDS))
                .maxIdleTime(Duration.ofSeconds(30))
                .maxLifeTime(Duration.ofMinutes(5))
                .lifo()
                .build();
        loops = LoopResources.create("penstock-http", size.eventLoops(), true);
        ConnectTurns turns = new ConnectTurns(timer, timeouts.nanos(Wait.CONNECT));
        HttpClient client = named(HttpClient.create(pool).runOn(loops, true), size)
                .protocol(HttpProtocol.HTTP11)
                .disableRetry(true)
                .followRedirect(false)
                .compress(false)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .doOnChannelInit((observer, channel, address) -> {
                    ChannelPipeline pipeline = channel.pipeline();
                    pipeline.addFirst("penstock.turns", turns)
                            .replace(NettyPipeline.HttpCodec, NettyPipeline.HttpCodec, new ResponseCodec(limits));
                    SslHandler tls = pipeline.get(SslHandler.class);
                    if (tls != null) {
                        TlsDeadline deadline = TlsDeadline.of(tls, timer, timeouts.of(Wait.TLS));
                        pipeline.addAfter(NettyPipeline.SslHandler, "penstock.tls", deadline);
                    }
                });
        ground = new Routes.Ground(client, turns, size.authorities());
    }

    private HttpClient named(HttpClient client, Size size) {
        return size.names()
                .map(client::resolver)
                .orElseGet(() ->
                        client.resolver(names -> names.runOn(loops, true).cacheMaxTimeToLive(Duration.ofSeconds(30))));
    }

    /** Clients on this pool that keep to {@code outbound}. */
    Routes routes(Outbound outbound) {
        return new Routes(ground, outbound);
    }

    void close() {
        pool.disposeLater()
                .then(loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)))
                .subscribe();
    }
}
