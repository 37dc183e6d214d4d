package io.penstock.http;

import static io.penstock.http.OutboundRig.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.client.ApiClient;
import io.penstock.client.ClientResources;
import io.penstock.error.AccessDenied.BlockedDestination;
import io.penstock.http.outbound.Outbound;
import io.penstock.message.Method;
import io.penstock.message.Origin;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

/**
 * Every way by which a URL of a peer comes in, times every way to write a place where nothing may go, times every place a
 * credential is kept: nobody is reached, nothing leaks (X1, X2, P12).
 *
 * <p>Time budget: 60 s.
 */
class OutboundMatrixIT {

    private final OutboundRig rig = new OutboundRig();

    @AfterEach
    void close() {
        rig.close();
    }

    /** Hosts that mean loopback, a private network or a metadata service to somebody. */
    private static final List<String> HOSTS = List.of(
            "127.0.0.1",
            "127.0.0.2",
            "127.1",
            "127.0.1",
            "2130706433",
            "0x7f.1",
            "0x7f000001",
            "0x7f.0x0.0x0.0x1",
            "0177.0.0.1",
            "017700000001",
            "127.0.0.01",
            "127.0.0.1.",
            "0.0.0.0",
            "0",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "x.localhost",
            "[::1]",
            "[::]",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::127.0.0.1]",
            "[64:ff9b:1::7f00:1]",
            "[2002:7f00:1::]",
            "[2001:0:7f00:1::1]",
            "[2606:4700::5efe:127.0.0.1]",
            "[fe80::1]",
            "[fe80::1%25lo]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "[ff02::1]",
            "10.0.0.5",
            "100.100.100.200",
            "169.254.169.254",
            "172.16.0.1",
            "192.168.0.1",
            "192.0.0.192",
            "224.0.0.1",
            "255.255.255.255",
            "metadata.google.internal",
            "METADATA.google.internal",
            "metadata.google.internal.",
            "metadata.goog",
            "instance-data.ec2.internal",
            "%31%32%37.0.0.1",
            "127.0.0.1%2e",
            "\uff11\uff12\uff17.0.0.1",
            "127\u30020\u30020\u30021",
            "loopback.test",
            "mixed.test",
            "mixed-back.test",
            "six.test",
            "mapped.test",
            "private.test",
            "stranger.test",
            "api.test.",
            "api.test@loopback.test",
            "api.test:pw@127.0.0.1",
            "api.test\\@127.0.0.1",
            "127.0.0.1#@api.test",
            "api.test.loopback.test");

    @Test
    void nobodyIsReachedAtARefusedAddress() {
        for (String host : HOSTS) {
            for (OutboundRig.Way way : OutboundRig.Way.values()) {
                for (int status : OutboundRig.statuses(way)) {
                    for (String scheme : List.of("http", "https")) {
                        refusedCell(host, way, status, scheme, false);
                        refusedCell(host, way, status, scheme, true);
                    }
                }
            }
        }
        assertThat(rig.wrong).isEmpty();
        assertThat(rig.cells).as("cells").isGreaterThanOrEqualTo(3_000);
        System.out.println("SSRF matrix: " + rig.cells + " cells, nobody reached");
    }

    private void refusedCell(String host, OutboundRig.Way way, int status, String scheme, boolean listed) {
        rig.cells++;
        boolean six = host.startsWith("[") || host.startsWith("six");
        String url = scheme + "://" + host + ":" + (six ? rig.victimSix : rig.victim).port() + "/x";
        String cell = way + " " + status + " " + url + (listed ? " (listed)" : "");
        rig.victim.forget();
        rig.victimSix.forget();
        Throwable failure = rig.follow(
                rig.client(listed ? listed(url) : Outbound.NONE, OutboundRig.Kept.BEARER),
                way,
                status,
                url,
                OutboundRig.Kept.BEARER);
        rig.require(OutboundRig.refused(failure), cell, "ended as " + failure);
        rig.require(rig.victim.accepted() + rig.victimSix.accepted() == 0, cell, "somebody was reached");
    }

    /** Rules of a person who has listed the origin, as far as it can be: then its address alone must refuse it. */
    private static Outbound listed(String url) {
        try {
            Origin origin = Origin.of(URI.create(url));
            return origin.secure()
                    ? Outbound.builder().allow(origin).build()
                    : Outbound.builder().allowHttp(origin).build();
        } catch (RuntimeException neverListed) {
            return Outbound.NONE;
        }
    }

    @Test
    void whatAPersonTypedIsReachedAsTyped() {
        rig.script = Map.of();
        for (String host : List.of("127.0.0.1", "api.test", "loopback.test")) {
            rig.victim.forget();
            URI typed = URI.create("http://" + host + ":" + rig.victim.port());
            ClientResources resources = ClientResources.of(
                    rig.transport, Schedulers.parallel(), Clock.systemUTC(), RandomGenerator.of("L64X128MixRandom"));
            resources
                    .client(typed)
                    .auth(OutboundRig.auth(OutboundRig.Kept.BEARER))
                    .build()
                    .get("/x")
                    .exchange()
                    .block(LIMIT);
            assertThat(rig.victim.heard()).hasSize(1);
            assertThat(rig.victim.heard().get(0)).contains(OutboundRig.SECRET);
        }
    }

    @Test
    void aGuardedRequestNeverRidesOnAConnectionMadeWithoutTheGuard() {
        try (RawServer keeping = RawServer.start(talk -> {
            while (!talk.request().isEmpty()) {
                talk.send(Answers.ok("{\"items\":[{\"id\":1}]}"));
            }
        })) {
            Origin origin = Origin.of(URI.create("http://loopback.test:" + keeping.port()));
            Outbound listed = Outbound.builder().allowHttp(origin).build();
            ClientResources resources = ClientResources.of(
                    rig.transport, Schedulers.parallel(), Clock.systemUTC(), RandomGenerator.of("L64X128MixRandom"));
            ApiClient typed = resources.client(URI.create(origin.toString())).build();
            typed.get("/x").exchange().block(LIMIT);
            Throwable failure = rig.follow(
                    rig.client(listed, OutboundRig.Kept.BEARER),
                    OutboundRig.Way.SLICE_LINK,
                    0,
                    origin + "/y",
                    OutboundRig.Kept.BEARER);
            assertThat(failure).isInstanceOf(BlockedDestination.class);
            typed.call(Method.GET, "/z").exchange().block(LIMIT);
            assertThat(keeping.requests()).hasSize(2);
            assertThat(keeping.connections()).isEqualTo(1);
        }
    }
}
