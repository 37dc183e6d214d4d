package io.penstock.runner.run;

import io.penstock.cache.CacheCounts;
import io.penstock.config.Durations;
import io.penstock.error.Cancelled;
import io.penstock.error.PenstockException;
import io.penstock.error.Place;
import io.penstock.observe.Lane;
import io.penstock.record.ConnectionId;
import io.penstock.record.HeldBytes;
import io.penstock.record.Slice;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.runner.event.RunEvent;
import io.penstock.runner.plan.PlannedConnection;
import io.penstock.runner.slice.Events;
import io.penstock.runner.slice.Opened;
import io.penstock.runner.slice.RunContext;
import io.penstock.runner.slice.SinkRetry;
import io.penstock.runner.slice.SliceRun;
import io.penstock.runner.slice.StreamRun;
import io.penstock.runner.summary.ConnectionSummary;
import io.penstock.runner.summary.FirstLook;
import io.penstock.runner.summary.StreamReport;
import io.penstock.runner.summary.StreamReport.State;
import io.penstock.sink.Claim;
import io.penstock.sink.WriteMode;
import io.penstock.source.Source;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Runs one connection: claims it, runs the slices of its streams side by side, publishes what is whole. Run once. */
final class ConnectionRun {

    private static final int LISTED_AHEAD = 32;
    private static final int LATER = 75;
    private static final Duration GLANCE = Duration.ofSeconds(5);

    private final PlannedConnection connection;
    private final Path directory;
    private final RunContext context;
    private final RunOptions options;
    private final FairQueue<StreamRun, Mono<Void>> ready = new FairQueue<>();
    private final Map<String, Long> rows = new ConcurrentHashMap<>();
    private final Lane ahead;
    private volatile List<StreamRun> streams = List.of();
    private volatile String look = "";
    private volatile Optional<CacheCounts> cached = Optional.empty();
    private volatile boolean late;

    ConnectionRun(PlannedConnection connection, Path directory, RunContext context, RunOptions options) {
        this.options = options;
        this.connection = connection;
        this.directory = directory;
        this.context = context;
        this.ahead = Lane.begin(context.host().timer());
    }

    ConnectionId id() {
        return connection.id();
    }

    Events events() {
        return context.events();
    }

    List<StreamReport> reports() {
        return streams.stream().map(StreamRun::report).toList();
    }

    /** Never errors: what goes wrong is parked. */
    Mono<ConnectionSummary> run() {
        return Mono.using(this::deadline, clock -> runInTime(), Disposable::dispose);
    }

    private Disposable deadline() {
        return connection
                .limits()
                .deadline()
                .map(time -> context.host()
                        .timer()
                        .schedule(
                                () -> {
                                    late = true;
                                    context.stop().ask(LATER);
                                },
                                time.toNanos(),
                                TimeUnit.NANOSECONDS))
                .orElseGet(Disposables::disposed);
    }

    private Mono<ConnectionSummary> runInTime() {
        return Mono.usingWhen(
                        Mono.fromCallable(() -> Opened.of(context.host(), connection, directory)),
                        opened -> runOpened(opened).doOnTerminate(() -> cached = opened.cached()),
                        Opened::close)
                .onErrorResume(failure -> {
                    context.events().park(failure, Optional.empty(), Optional.empty());
                    return Mono.empty();
                })
                .then(Mono.fromRunnable(this::tellLate))
                .then(Mono.fromSupplier(this::summary))
                .contextWrite(carried -> carried.put(HeldBytes.class, context.held()));
    }

    /** What was read to its end in spite of the deadline is whole. */
    private void tellLate() {
        boolean whole = !streams.isEmpty()
                && streams.stream().allMatch(stream -> stream.report().state() == State.DONE);
        if (late && !whole) {
            String deadline =
                    connection.limits().deadline().map(Durations::written).orElse("");
            context.events()
                    .park(
                            new Cancelled(
                                    "the deadline of " + deadline
                                            + " is reached: what was committed stands, and the next"
                                            + " run goes on from there; raise limits.deadline for longer runs",
                                    LATER),
                            Optional.empty(),
                            Optional.empty());
        }
    }

    private Mono<Void> runOpened(Opened opened) {
        look = opened.sink().lookCommand();
        return prepared(opened)
                .takeUntilOther(context.stop().asked())
                .flatMap(claim -> slices(opened, claim).then(Mono.defer(() -> glance(opened))));
    }

    private Mono<Claim> prepared(Opened opened) {
        return opened.sink()
                .check()
                .then(Mono.defer(() -> opened.sink().claim(connection.id())))
                .delayUntil(claim -> offered(opened.source()).doOnNext(infos -> {
                    streams = new Selection(connection, options)
                            .of(
                                    infos,
                                    opened.source(),
                                    opened.sink(),
                                    context.host().timer());
                    streams.forEach(s -> context.events()
                            .tell(new RunEvent.StreamStarted(s.info().id(), s.mode())));
                }));
    }

    private Mono<List<StreamInfo>> offered(Source source) {
        return source.streams().collectList().contextWrite(ahead::into);
    }

    /**
     * Each slice that is listed gives one turn; whoever takes a turn runs the next slice of the stream that has waited longest. No
     * turn is taken before every list has been asked for, so that the first stream does not take every place.
     */
    private Mono<Void> slices(Opened opened, Claim claim) {
        List<StreamRun> all = streams;
        int concurrency = connection.limits().concurrency();
        Sinks.Empty<Void> allAsked = Sinks.empty();
        return Flux.fromIterable(all)
                .map(stream -> turns(stream, opened, claim))
                .concatWithValues(Flux.defer(() -> {
                    allAsked.tryEmitEmpty();
                    return Flux.empty();
                }))
                .flatMap(turns -> turns, all.size() + 1, LISTED_AHEAD)
                .flatMap(turn -> allAsked.asMono().then(Mono.defer(this::nextSlice)), concurrency, 1)
                .then()
                .takeUntilOther(
                        context.stop().overdue(options.drain(), context.host().timer()))
                .then(Mono.fromRunnable(this::settle));
    }

    private Mono<Void> nextSlice() {
        return Optional.ofNullable(ready.poll()).orElse(Mono.empty());
    }

    private Flux<Boolean> turns(StreamRun stream, Opened opened, Claim claim) {
        SliceList list = new SliceList(stream);
        return Flux.defer(() -> listed(opened.source(), stream.info().id()))
                .takeUntilOther(context.stop().asked())
                .doOnNext(slice -> {
                    list.add(slice);
                    ready.add(stream, Mono.defer(() -> run(slice, stream, opened, claim)));
                })
                .doOnComplete(() -> {
                    if (!context.stop().isAsked()) {
                        stream.allListed();
                    }
                })
                .map(slice -> true)
                .onErrorResume(failure -> {
                    park(failure, stream);
                    return Flux.empty();
                })
                .concatWith(Mono.defer(() -> closeOne(stream, opened))
                        .thenReturn(true)
                        .ignoreElement());
    }

    private Flux<Slice> listed(Source source, StreamId stream) {
        return options.stretch()
                .map(time -> source.slicesBetween(stream, time.from(), time.to()))
                .orElseGet(() -> source.slices(stream));
    }

    private Mono<Void> run(Slice slice, StreamRun stream, Opened opened, Claim claim) {
        Mono<Void> read =
                context.stop().isAsked() ? Mono.empty() : new SliceRun(slice, stream, opened, claim, context).run();
        return read.then(Mono.defer(() -> closeOne(stream, opened)));
    }

    private void park(Throwable failure, StreamRun stream) {
        if (failure instanceof PenstockException known) {
            known.in(new Place(Optional.of(stream.name()), Optional.empty(), 0, Optional.empty()));
        }
        context.events().park(failure, Optional.of(stream.name()), Optional.empty());
    }

    private Mono<Void> closeOne(StreamRun stream, Opened opened) {
        return stream.closeOne() ? finish(stream, opened) : Mono.empty();
    }

    /** Invariant: a replaced stream is published only when every slice of it was read to its end. */
    private Mono<Void> finish(StreamRun stream, Opened opened) {
        boolean complete = stream.complete();
        Mono<Void> publish = complete && stream.mode() == WriteMode.REPLACE ? publish(stream, opened) : Mono.empty();
        return publish.then(Mono.fromRunnable(() -> over(stream, complete)))
                .then()
                .onErrorResume(failure -> {
                    park(failure, stream);
                    over(stream, false);
                    return Mono.empty();
                });
    }

    private Mono<Void> publish(StreamRun stream, Opened opened) {
        StreamId id = stream.info().id();
        return new SinkRetry(
                        context, (attempt, pause, reason) -> new RunEvent.PublishRetried(id, attempt, pause, reason))
                .run(() -> opened.sink().publish(id, stream.mode()));
    }

    private void over(StreamRun stream, boolean well) {
        stream.over(well, context.stop().isAsked());
        context.events().tell(new RunEvent.StreamFinished(stream.report()));
    }

    /** What the drain has cut off is over too. */
    private void settle() {
        streams.stream().filter(stream -> !stream.isOver()).forEach(stream -> over(stream, false));
    }

    private Mono<Void> glance(Opened opened) {
        look = opened.sink().lookCommand(); // some sinks only know once something was written
        return Flux.fromIterable(streams)
                .concatMap(stream -> opened.sink()
                        .rows(stream.info().id())
                        .doOnNext(count -> rows.put(stream.info().id().name(), count))
                        .then()
                        .onErrorComplete())
                .then()
                .timeout(GLANCE, Mono.empty(), context.host().timer());
    }

    private ConnectionSummary summary() {
        cached.ifPresent(counts ->
                new RunMeters(context.host().meters(), context.host().clients()).cache(connection.id(), counts));
        return new ConnectionSummary(
                connection.id(),
                FirstLook.of(ahead),
                reports(),
                rows,
                look,
                context.events().parked(),
                cached);
    }
}
