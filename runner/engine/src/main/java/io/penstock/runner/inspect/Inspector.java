package io.penstock.runner.inspect;

import io.penstock.config.Nearest;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.observe.CredentialLog;
import io.penstock.observe.Lane;
import io.penstock.observe.RequestLog;
import io.penstock.record.StreamInfo;
import io.penstock.runner.host.Host;
import io.penstock.runner.inspect.Check.End;
import io.penstock.runner.mapping.Mapping;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.plan.PlannedConnection;
import io.penstock.runner.summary.Failure;
import io.penstock.source.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Looks without touching. Immutable, safe for concurrent use; what it opens is closed when the publisher ends. */
public final class Inspector {

    private static final int AT_ONCE = 8;
    private static final long MOST_READ = 10_000;

    private final Host host;

    /** Takes time and clients from {@code host}. */
    public Inspector(Host host) {
        this.host = host;
    }

    /** Proves configuration, credentials and destinations of every connection; source first. Never errors. */
    public Flux<Check> check(Plan plan) {
        return Flux.fromIterable(plan.connections())
                .flatMapSequential(connection -> check(plan, connection), AT_ONCE, 1);
    }

    private Flux<Check> check(Plan plan, PlannedConnection connection) {
        Mono<Void> source =
                withSource(connection, opened -> opened.check().flux()).then();
        Mono<Void> sink = Mono.usingWhen(
                Mono.fromCallable(() -> host.sink(connection, plan.directory())),
                opened -> {
                    connection.requireGrave(opened);
                    return opened.check();
                },
                opened -> Mono.<Void>fromRunnable(opened::close).subscribeOn(Schedulers.boundedElastic()));
        return Flux.concat(judged(plan, connection, End.SOURCE, source), judged(plan, connection, End.SINK, sink));
    }

    private Mono<Check> judged(Plan plan, PlannedConnection connection, End end, Mono<Void> proof) {
        String connector = end == End.SOURCE
                ? connection.source().connector()
                : connection.sink().connector();
        CredentialLog credentials = new CredentialLog();
        return proof.contextWrite(credentials::into)
                .then(Mono.just(Optional.<Failure>empty()))
                .onErrorResume(wrong -> Mono.fromSupplier(() -> Optional.of(
                        Failure.of(wrong, plan.redaction(), host.clock().instant()))))
                .map(failure -> new Check(connection.id(), end, connector, failure, credentials.uses()));
    }

    /** What can be read, connection by connection; errors with the first connection that cannot tell. */
    public Flux<StreamInfo> streams(Plan plan) {
        return Flux.fromIterable(plan.connections())
                .concatMap(connection -> withSource(connection, Source::streams), 0);
    }

    /**
     * The first records of a stream, from its beginning, as the plan maps them. Neither the sink nor any state is touched. It gives up
     * after 10,000 records, or {@code most} if that is more, when a filter lets too few of them through.
     *
     * @param stream {@code stream}, or {@code connection/stream} when several connections have one of that name
     * @param most how many records
     * @return errors with {@link ConfigError} if there is no such stream, or more than one
     */
    public Mono<Preview> preview(Plan plan, String stream, int most) {
        return Mono.defer(() -> {
            Map.Entry<PlannedConnection, String> place = Addresses.of(plan, stream);
            return withSource(
                            place.getKey(),
                            source -> preview(source, place, most).flux())
                    .next();
        });
    }

    private Mono<Preview> preview(Source source, Map.Entry<PlannedConnection, String> place, int most) {
        RequestLog ahead = new RequestLog();
        RequestLog reading = new RequestLog();
        return source.streams()
                .collectList()
                .contextWrite(ahead::into)
                .map(offered -> named(offered, place))
                .flatMap(info -> {
                    Optional<Mapping> mapping = mapping(place.getKey(), info);
                    Sample sample = new Sample(mapping, Math.max(most, MOST_READ));
                    return records(source, info, most, sample)
                            .contextWrite(reading::into)
                            .map(lines -> new Preview(
                                    mapping.map(Mapping::info).orElse(info),
                                    lines,
                                    sample.leftOut(),
                                    reading.entries(),
                                    found(info, ahead, reading),
                                    ahead.entries().size()));
                });
    }

    private static Optional<Mapping> mapping(PlannedConnection connection, StreamInfo info) {
        return connection.streams().stream()
                .filter(planned -> planned.name().equals(info.id().name()))
                .findFirst()
                .flatMap(planned -> Mapping.wanted(planned.mapping(), info));
    }

    private static List<RequestLog.Finding> found(StreamInfo info, RequestLog... logs) {
        return Stream.of(logs)
                .flatMap(log -> log.findings().stream())
                .filter(finding -> finding.stream().equals(info.id().name()))
                .distinct()
                .toList();
    }

    private Mono<List<String>> records(Source source, StreamInfo info, int most, Sample sample) {
        Lane lane = Lane.begin(host.timer());
        return source.slices(info.id())
                .concatMap(slice -> source.read(slice, Optional.empty()), 0)
                .takeWhile(batch -> sample.goesOn())
                .concatMapIterable(sample::take, 1)
                .take(most)
                .collectList()
                .contextWrite(lane::into);
    }

    private static StreamInfo named(List<StreamInfo> offered, Map.Entry<PlannedConnection, String> place) {
        return offered.stream()
                .filter(info -> info.id().name().equals(place.getValue()))
                .findFirst()
                .orElseThrow(() -> new ConfigError("connection "
                        + place.getKey().id() + " has no stream "
                        + place.getValue()
                        + Nearest.hint(
                                place.getValue(),
                                offered.stream().map(info -> info.id().name()).toList())));
    }

    private <T> Flux<T> withSource(PlannedConnection connection, Function<Source, Flux<T>> use) {
        return Flux.usingWhen(
                Mono.fromCallable(() -> host.source(connection)),
                use,
                source -> Mono.<Void>fromRunnable(source::close).subscribeOn(Schedulers.boundedElastic()));
    }
}
