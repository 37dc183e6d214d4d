package io.penstock.runner.run;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.record.ConnectionId;
import io.penstock.record.Resume;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.redact.Redaction;
import io.penstock.runner.event.RunEvent;
import io.penstock.runner.host.Host;
import io.penstock.runner.limits.Limits;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.plan.PlannedConnection;
import io.penstock.runner.plan.PlannedStream;
import io.penstock.runner.plan.Plugin;
import io.penstock.runner.summary.RunSummary;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkProvider;
import io.penstock.sink.SinkRuntime;
import io.penstock.source.Source;
import io.penstock.source.SourceProvider;
import io.penstock.source.SourceRuntime;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A runner in virtual time between a scripted source and a recording store. Close it. */
final class Rig implements AutoCloseable {

    static final StreamId ORDERS = StreamId.of("shop", "orders");
    static final SliceId ALL = ORDERS.slice(SliceId.ALL);
    private static final long SEED = 20260101;

    final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    final ScriptedSource source = new ScriptedSource(time);
    final RecordingStore store = new RecordingStore(time);
    final List<RunEvent> events = new ArrayList<>();
    final RunOptions.Builder options = RunOptions.builder();
    List<PlannedStream> planned = List.of();
    Redaction redaction = Redaction.empty();
    int concurrency = 4;
    Limits limits = Limits.DEFAULT;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Nullable RunHandle handle;

    /** Orders with a key and a cursor, in one slice. */
    static StreamInfo info(StreamId id, boolean key, boolean incremental, Resume resume) {
        return new StreamInfo(
                id,
                Optional.empty(),
                key ? List.of("id") : List.of(),
                incremental ? Optional.of("at") : Optional.empty(),
                Optional.empty(),
                resume);
    }

    Rig orders() {
        source.stream(info(ORDERS, true, true, Resume.RECORD_CURSOR), SliceId.ALL);
        return this;
    }

    Rig pages(int count, int rows) {
        for (int i = 0; i < count; i++) {
            source.page(ALL, rows);
        }
        return this;
    }

    Host host() {
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        return new Host(
                base -> {
                    throw new AssertionError("no client is needed");
                },
                time,
                clock,
                new Random(SEED),
                meters);
    }

    Plan plan() {
        PlannedConnection shop = new PlannedConnection(
                new ConnectionId("shop"),
                new Plugin<>("scripted", new ScriptedProvider(source), Config.of(List.of(), Map.of())),
                new Plugin<>("recording", new RecordingProvider(store), Config.of(List.of(), Map.of())),
                limits.withConcurrency(concurrency),
                Optional.empty(),
                planned);
        return new Plan("shop.yaml", Path.of("."), List.of(shop), Optional.empty(), redaction, List.of());
    }

    /** Starts a run; nothing happens before time advances. */
    Rig start() {
        handle = new Runner(host()).start(plan(), options.build(), events::add);
        return this;
    }

    Rig advance(long millis) {
        time.advanceTimeBy(Duration.ofMillis(millis));
        return this;
    }

    /** Starts a run and lets it have {@code millis}. */
    RunSummary run(long millis) {
        start().advance(millis);
        return summary();
    }

    boolean over() {
        return current().done().toFuture().isDone();
    }

    RunSummary summary() {
        RunSummary summary = current().done().toFuture().getNow(null);
        if (summary == null) {
            throw new AssertionError(
                    "the run is not over; it is at " + current().progress());
        }
        return summary;
    }

    private RunHandle current() {
        if (handle == null) {
            throw new AssertionError("not started");
        }
        return handle;
    }

    @Override
    public void close() {
        VirtualTimeScheduler.reset();
    }

    record ScriptedProvider(Source source) implements SourceProvider {
        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public String summary() {
            return "what a test says";
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of();
        }

        @Override
        public Source open(Config config, SourceRuntime runtime) {
            return source;
        }
    }

    record RecordingProvider(RecordingStore store) implements SinkProvider {
        @Override
        public String name() {
            return "recording";
        }

        @Override
        public String summary() {
            return "memory";
        }

        @Override
        public List<Setting<?>> settings() {
            return List.of();
        }

        @Override
        public Sink open(Config config, SinkRuntime runtime) {
            return store.sink();
        }
    }
}
