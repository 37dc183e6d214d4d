package io.penstock.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.resolver.AddressResolverGroup;
import io.penstock.config.Problems;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.PenstockException;
import io.penstock.http.outbound.Outbound;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Head;
import io.penstock.record.HeldBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

/**
 * The {@link Transport} on Reactor Netty: HTTP/1.1 with kept connections (RFC 9112), gzip inflated and proven here,
 * whether it is the content's coding or the content itself.
 *
 * <p>Every request carries {@code User-Agent}, {@code Accept}, {@code Accept-Encoding: gzip} and a fresh {@code X-Request-ID}.
 * A request marked as derived is connected to public addresses only, judged after the name has been resolved.
 */
public final class HttpTransport implements Transport {

    private static final double HELD_SHARE = 0.25;
    private static final String PRODUCT = "penstock/" + version();

    private final Connections connections;
    private final Routes routes;
    private final boolean owner;
    private final Sizes limits;
    private final Exchange.Terms terms;

    /** What one answer may take, and what all may hold together that belong to no run with a budget of its own. */
    private record Sizes(HttpLimits one, HeldBytes all, String userAgent) {}

    private HttpTransport(Connections connections, Routes routes, boolean owner, Sizes limits, Exchange.Terms terms) {
        this.connections = connections;
        this.routes = routes;
        this.owner = owner;
        this.limits = limits;
        this.terms = terms;
    }

    /** The version of this library, as its build wrote it down. */
    private static String version() {
        try (InputStream file = HttpTransport.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(Objects.requireNonNull(file, "version.properties is missing from the jar"));
            return properties.getProperty("version");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Begins a transport; every setting has a default. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A transport with other deadlines for answers that shares this one's connections; closing it closes nothing. The deadlines
     * for connecting, TLS and the pool stay those of this transport.
     */
    @Override
    public Transport within(Timeouts timeouts) {
        Exchange.Terms other = new Exchange.Terms(timeouts, terms.timer(), terms.ids());
        return new HttpTransport(connections, routes, false, limits, other);
    }

    /** As {@link Transport#within(HttpLimits)}; those of header sections stay the ones of this transport. */
    @Override
    public Transport within(HttpLimits most) {
        Sizes other = new Sizes(most, limits.all, limits.userAgent);
        return new HttpTransport(connections, routes, false, other, terms);
    }

    @Override
    public Transport with(Outbound outbound) {
        return outbound.plain()
                ? this
                : new HttpTransport(connections, connections.routes(outbound), false, limits, terms);
    }

    @Override
    public Flux<ResponsePart> send(ApiRequest request) {
        return Exchange.of(request, terms, this::open);
    }

    private Publisher<ResponsePart> open(Exchange exchange) {
        ApiRequest request = exchange.request();
        return routes.to(request.origin(), request.sending().derived())
                .request(HttpMethod.valueOf(request.method().name()))
                .uri(request.url())
                .send((message, out) -> write(exchange, message, out))
                .responseConnection((answer, connection) -> read(exchange, answer, connection));
    }

    private Publisher<Void> write(Exchange exchange, HttpClientRequest message, NettyOutbound out) {
        ApiRequest request = exchange.request();
        HttpHeaders fields = message.requestHeaders();
        fields.set(HttpHeaderNames.USER_AGENT, limits.userAgent).set(HttpHeaderNames.ACCEPT, "application/json");
        for (String name : request.headers().names()) {
            fields.set(name, request.headers().all(name));
        }
        fields.set(HttpHeaderNames.HOST, request.origin().authority())
                .set(HttpHeaderNames.ACCEPT_ENCODING, "gzip")
                .set("X-Request-ID", exchange.id());
        exchange.sent();
        return request.body().length == 0
                ? out
                : out.send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(request.body())));
    }

    private Publisher<ResponsePart> read(Exchange exchange, HttpClientResponse answer, Connection connection) {
        BodyLoop loop = BodyLoop.of(connection.channel().eventLoop());
        exchange.answered(loop);
        HeldBytes held =
                exchange.currentContext().<HeldBytes>getOrEmpty(HeldBytes.class).orElse(limits.all);
        try {
            int status = answer.status().code();
            Framing framing = Framing.judge(exchange.request(), status, answer.responseHeaders(), limits.one);
            Headers headers = Headers.received(answer.responseHeaders());
            return new BodyFlux(
                    new Head(status, headers, exchange.id(), framing.framed()),
                    framing,
                    new BodyReader(exchange.request(), framing, limits.one, held),
                    exchange,
                    connection.inbound().receiveObject(),
                    loop);
        } catch (PenstockException refused) {
            connection.dispose();
            return Flux.error(refused);
        }
    }

    @Override
    public void close() {
        if (owner) {
            connections.close();
        }
    }

    /** Gathers what a transport needs; setters only store, {@link #build} judges. For one thread. */
    public static final class Builder {

        private Scheduler timer = Schedulers.parallel();
        private RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        private String userAgent = PRODUCT;
        private Timeouts timeouts = Timeouts.DEFAULT;
        private HttpLimits limits = HttpLimits.DEFAULT;
        private int maxConnections = 256;
        private int eventLoops = Math.max(1, Runtime.getRuntime().availableProcessors());
        private List<X509Certificate> authorities = List.of();
        private Optional<AddressResolverGroup<?>> names = Optional.empty();

        private Builder() {}

        /** Clock and timer of all deadlines; default {@link Schedulers#parallel()}. */
        public Builder timer(Scheduler scheduler) {
            this.timer = scheduler;
            return this;
        }

        /** Where request ids come from; default a generator with a random seed. */
        public Builder random(RandomGenerator generator) {
            this.random = generator;
            return this;
        }

        /** The {@code User-Agent} of requests that bring none; default {@code penstock/} and the version. */
        public Builder userAgent(String product) {
            this.userAgent = product;
            return this;
        }

        /** How long to wait for what; default {@link Timeouts#DEFAULT}. */
        public Builder timeouts(Timeouts waits) {
            this.timeouts = waits;
            return this;
        }

        /** How large an answer may be; default {@link HttpLimits#DEFAULT}. */
        public Builder limits(HttpLimits sizes) {
            this.limits = sizes;
            return this;
        }

        /** Connections to one address, 1 to 10,000; default 256. */
        public Builder maxConnections(int most) {
            this.maxConnections = most;
            return this;
        }

        /** Threads that read and write, 1 to 64; default one for each processor. */
        public Builder eventLoops(int threads) {
            this.eventLoops = threads;
            return this;
        }

        /** The certificate authorities to trust instead of the machine's own. */
        public Builder authorities(List<X509Certificate> certificates) {
            this.authorities = List.copyOf(certificates);
            return this;
        }

        /** Resolves host names instead of the machine's name servers; for tests, which have names of their own. */
        Builder names(AddressResolverGroup<?> resolver) {
            this.names = Optional.of(resolver);
            return this;
        }

        /** 128 random bits in hexadecimal; safe for concurrent use, whatever the generator. */
        private static Supplier<String> ids(RandomGenerator random) {
            HexFormat hex = HexFormat.of();
            return () -> {
                synchronized (random) {
                    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
                }
            };
        }

        /**
         * Judges all settings together and opens the pool; nothing is connected yet.
         *
         * @throws ConfigError naming every setting that is out of range
         */
        public HttpTransport build() {
            Problems problems = new Problems();
            problems.require(
                    maxConnections >= 1 && maxConnections <= 10_000,
                    "maxConnections",
                    "must be between 1 and 10000, but was " + maxConnections);
            problems.require(
                    eventLoops >= 1 && eventLoops <= 64,
                    "eventLoops",
                    "must be between 1 and 64, but was " + eventLoops);
            problems.require(
                    userAgent.matches("[\\x21-\\x7E][\\x20-\\x7E]{0,200}"),
                    "userAgent",
                    "must be printable ASCII, as name/version, but is not");
            problems.throwIfAny("the transport");
            Connections.Size size = new Connections.Size(maxConnections, eventLoops, authorities, names);
            Connections connections = new Connections(size, timeouts, limits, timer);
            Exchange.Terms terms = new Exchange.Terms(timeouts, timer, ids(random));
            Sizes sizes = new Sizes(limits, HeldBytes.ofHeap(HELD_SHARE), userAgent);
            return new HttpTransport(connections, connections.routes(Outbound.NONE), true, sizes, terms);
        }
    }
}
