package io.penstock.http;

import io.netty.handler.ssl.SslContextBuilder;
import io.netty.resolver.NoopAddressResolverGroup;
import io.penstock.http.outbound.Outbound;
import io.penstock.http.outbound.ProxyServer;
import io.penstock.http.outbound.TlsTrust;
import io.penstock.message.Origin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.SslProvider;
import reactor.netty.transport.ProxyProvider;

/**
 * The configured clients of one set of outbound rules, on the pool of one transport.
 *
 * <p>Requests whose URL came from a peer have connections of their own, so that a guarded request never rides on one made
 * without the guard; so has every set of rules, and every origin that is trusted in its own way.
 */
final class Routes {

    private final Pair plain;
    private final Pair secure;
    private final Map<Origin, Pair> trusted = new HashMap<>();

    /** What all sets of rules of one transport have in common. */
    record Ground(HttpClient client, ConnectTurns turns, List<X509Certificate> authorities) {}

    /** One client for URLs that a person typed, one for those that came from a peer. */
    private record Pair(HttpClient open, HttpClient guarded) {}

    Routes(Ground ground, Outbound outbound) {
        HttpClient client = outbound.proxy()
                .map(proxy -> ground.client()
                        .proxy(type -> describe(type, proxy))
                        .resolver(NoopAddressResolverGroup.INSTANCE)) // names are the proxy's to resolve
                .orElse(ground.client());
        plain = pair(client, ground.turns(), outbound);
        secure = pair(client.secure(tls(TlsTrust.MACHINE, ground)), ground.turns(), outbound);
        outbound.trust()
                .forEach((origin, trust) ->
                        trusted.put(origin, pair(client.secure(tls(trust, ground)), ground.turns(), outbound)));
    }

    private static void describe(ProxyProvider.TypeSpec type, ProxyServer proxy) {
        ProxyProvider.Builder builder =
                type.type(ProxyProvider.Proxy.HTTP).socketAddress(new InetSocketAddress(proxy.host(), proxy.port()));
        proxy.login()
                .ifPresent(login -> builder.username(login.user())
                        .password(user -> login.password().reveal(text -> text)));
    }

    private static SslProvider tls(TlsTrust trust, Ground ground) {
        try {
            SslContextBuilder context = SslContextBuilder.forClient()
                    .protocols("TLSv1.3", "TLSv1.2")
                    .endpointIdentificationAlgorithm("HTTPS")
                    .trustManager(trust.manager(ground.authorities()));
            trust.certificate().ifPresent(ours -> context.keyManager(ours.key(), ours.chain()));
            return SslProvider.builder().sslContext(context.build()).build(); // its deadline is a TlsDeadline
        } catch (SSLException broken) {
            throw new IllegalStateException("this Java runtime offers no TLS 1.2 or 1.3", broken);
        }
    }

    /** All addresses of a name must be reachable, not just the first: a later try would take the next one. */
    private static Pair pair(HttpClient client, ConnectTurns turns, Outbound outbound) {
        return new Pair(
                client.resolvedAddressesSelector((config, addresses) -> turns.of(addresses)),
                client.resolvedAddressesSelector((config, addresses) -> {
                    addresses.forEach(address -> judge(address, outbound));
                    return turns.of(addresses);
                }));
    }

    private static void judge(SocketAddress address, Outbound outbound) {
        if (address instanceof InetSocketAddress internet && internet.getAddress() != null) {
            InetAddress target = internet.getAddress();
            outbound.requireReachable(internet.getHostString(), target.getAddress());
        }
    }

    HttpClient to(Origin origin, boolean derived) {
        Pair pair = trusted.getOrDefault(origin, origin.secure() ? secure : plain);
        return derived ? pair.guarded() : pair.open();
    }
}
