package io.penstock.testkit.model;

import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.penstock.testkit.model.data.Dataset;
import io.penstock.testkit.model.guard.FaultPlan;
import io.penstock.testkit.model.guard.RateGate;
import io.penstock.testkit.model.hostile.Hostile;
import io.penstock.testkit.model.hostile.Hostility;
import io.penstock.testkit.model.hostile.Misbehaviour;
import io.penstock.testkit.model.http.ApiHandler;
import io.penstock.testkit.model.http.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * A real HTTP server over {@link ModelData}: six streams, six paging styles, limits, latency and, if asked, bad conduct.
 *
 * <p>{@link Builder#build()} settles what it will be, {@link #start()} opens the port, {@link #close()} ends every
 * connection; it is not started twice. The README of the test kit shows every endpoint. Safe for concurrent use.
 */
public final class ModelApi implements AutoCloseable {

    private static final long CLOSING = 3_000; // milliseconds

    private final Builder settings;
    private final Dataset data;
    private final Worker worker = new Worker();
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final @Nullable Hostility hostility;
    private volatile int revision;
    private @Nullable LoopResources loops;
    private @Nullable DisposableServer server;

    private ModelApi(Builder settings) {
        this.settings = settings;
        this.data = new Dataset(settings.seed, settings.records);
        this.hostility = settings.misbehaviour == null ? null : new Hostility(settings.misbehaviour, settings.seed);
        this.revision = settings.revision;
    }

    /** Settings to change, each with a default. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Opens the port; blocks until it is open.
     *
     * @return this server, running
     * @throws IllegalStateException if it was started before
     * @throws reactor.netty.ChannelBindException if the port is taken or the host is not ours
     */
    public synchronized ModelApi start() {
        if (server != null) {
            throw new IllegalStateException("the model API was started before; build a new one");
        }
        RateGate gate = new RateGate(settings.limit, settings.window);
        FaultPlan faults = settings.hostile == null ? null : new FaultPlan(settings.hostile);
        Settings conduct =
                new Settings(settings.latency, gate, faults, hostility, settings.scheduler, worker.scheduler());
        // Loops of its own: a client in the same process must not be measured on the server's threads.
        LoopResources own = LoopResources.create(
                "penstock-model", 1, Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);
        loops = own;
        HttpServer http = HttpServer.create()
                .host(settings.host)
                .port(settings.port)
                .runOn(own)
                .channelGroup(channels)
                .handle(new ApiHandler(data, conduct, this::revision));
        server = (settings.gzip ? http.compress(1024) : http).bindNow();
        return this;
    }

    /** {@code http://HOST:PORT} of the running server, without a slash at the end. */
    public String baseUrl() {
        String host = settings.host.indexOf(':') < 0 ? settings.host : "[" + settings.host + "]";
        return "http://" + host + ":" + port();
    }

    /** The port of the running server. */
    public int port() {
        return running().port();
    }

    /** The current revision. */
    public int revision() {
        return revision;
    }

    /**
     * Goes to another revision; requests from now on see it.
     *
     * @param revision 1 to {@value Dataset#MAX_REVISION}
     * @throws IllegalArgumentException if it is out of range
     */
    public void revision(int revision) {
        this.revision = Dataset.checked(revision);
    }

    /** The data served, what clients have changed included. */
    public ModelData data() {
        return new ModelData(data);
    }

    /** How many answers its misbehaviour has spoilt so far; 0 without one. */
    public long strikes() {
        return hostility == null ? 0 : hostility.strikes();
    }

    /** Closes the port and every connection, and blocks until that is done; may be called more than once. */
    @Override
    public synchronized void close() {
        if (server != null && !server.isDisposed()) {
            channels.close().awaitUninterruptibly(CLOSING); // first, or disposing would wait for slow answers
            server.disposeNow(Duration.ofMillis(CLOSING));
        }
        if (loops != null) {
            loops.disposeLater(Duration.ZERO, Duration.ofSeconds(2)).subscribe();
        }
        worker.close();
    }

    private synchronized DisposableServer running() {
        if (server == null) {
            throw new IllegalStateException("the model API is not running; call start() first");
        }
        return server;
    }

    /** Settings of a {@link ModelApi}. Not safe for concurrent use. */
    public static final class Builder {

        private String host = "127.0.0.1";
        private int port;
        private long records = 10_000;
        private long seed = 42;
        private int revision = 1;
        private Duration latency = Duration.ZERO;
        private int limit;
        private Duration window = Duration.ofSeconds(1);
        private @Nullable Long hostile;
        private @Nullable Misbehaviour misbehaviour;
        private boolean gzip;
        private Scheduler scheduler = Schedulers.parallel();

        private Builder() {}

        /** The address to listen on; {@code 127.0.0.1} by default. */
        public Builder host(String host) {
            this.host = host;
            return this;
        }

        /** The port to listen on; by default 0, any free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** Rows per stream in revision 1; 10,000 by default. */
        public Builder records(long records) {
            this.records = records;
            return this;
        }

        /** What all data follows from; 42 by default. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /** The revision to begin with; 1 by default. */
        public Builder revision(int revision) {
            this.revision = revision;
            return this;
        }

        /** How long every data answer waits, three times that for documents; not at all by default. */
        public Builder latency(Duration latency) {
            this.latency = latency;
            return this;
        }

        /** Admits at most {@code requests} of one credential in any {@code window}; no limit by default. */
        public Builder limit(int requests, Duration window) {
            this.limit = requests;
            this.window = window;
            return this;
        }

        /** Misbehaves at about 8 % of the reads, which ones follows from {@code seed}; by default it does not. */
        public Builder hostile(long seed) {
            this.hostile = seed;
            return this;
        }

        /**
         * Does one thing wrong, and that thoroughly: see {@link Hostile#catalogue()}; by default it does not. Which answers
         * suffer follows from the seed of the data.
         *
         * @throws IllegalArgumentException if there is no misbehaviour of that name
         */
        public Builder misbehaviour(String name) {
            this.misbehaviour = Hostile.named(name);
            return this;
        }

        /** Compresses bodies over 1 KiB for clients that accept gzip; not by default, for it costs CPU. */
        public Builder gzip(boolean gzip) {
            this.gzip = gzip;
            return this;
        }

        /** Clock of the limiter and timer of latency; {@link Schedulers#parallel()} by default. Not disposed. */
        public Builder scheduler(Scheduler scheduler) {
            this.scheduler = scheduler;
            return this;
        }

        /**
         * Judges all settings together.
         *
         * @return a server that is not running yet
         * @throws IllegalArgumentException naming a setting that is out of range
         */
        public ModelApi build() {
            require(port >= 0 && port <= 65_535, "port must be 0 to 65535, but was " + port);
            require(!latency.isNegative(), "latency must not be negative, but was " + latency);
            require(limit >= 0, "limit must be at least 1 request, or 0 for none, but was " + limit);
            require(window.compareTo(Duration.ZERO) > 0, "the limit's window must be longer than 0, but was " + window);
            Dataset.checked(revision);
            return new ModelApi(this);
        }

        private static void require(boolean holds, String message) {
            if (!holds) {
                throw new IllegalArgumentException(message);
            }
        }
    }
}
