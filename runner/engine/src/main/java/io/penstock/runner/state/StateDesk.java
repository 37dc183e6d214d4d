package io.penstock.runner.state;

import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.runner.host.Host;
import io.penstock.runner.plan.Plan;
import io.penstock.runner.plan.PlannedConnection;
import io.penstock.sink.Claim;
import io.penstock.sink.Sink;
import io.penstock.source.Source;
import java.util.function.Function;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Looks at the cursors of a plan's connections and changes them. Immutable, safe for concurrent use.
 *
 * <p>Each call claims the connection at its sink and gives it back: a run at work is told by
 * {@link io.penstock.error.StateFailure.StateConflict}, and the epoch grows, so that whoever had the connection before can no
 * longer commit. APIs are never called.
 */
public final class StateDesk {

    private final Host host;
    private final Plan plan;

    /** Opens the ends of the connections of {@code plan} by means of {@code host}. */
    public StateDesk(Host host, Plan plan) {
        this.host = host;
        this.plan = plan;
    }

    /** What the sink of {@code connection} holds. */
    public Mono<StateDocument> read(PlannedConnection connection) {
        return withSink(
                connection, sink -> sink.claim(connection.id()).flatMap(claim -> document(sink, connection, claim)));
    }

    /**
     * Makes one change, wholly or not at all.
     *
     * @return how many cursors were set or forgotten; errors with what the change is refused for, and then nothing was changed
     */
    public Mono<Integer> change(PlannedConnection connection, StateChange wish) {
        return Mono.usingWhen(
                Mono.fromCallable(() -> host.source(connection)),
                source -> withSink(connection, sink -> change(connection, wish, source, sink)),
                source -> Mono.<Void>fromRunnable(source::close).subscribeOn(Schedulers.boundedElastic()));
    }

    private static Mono<Integer> change(PlannedConnection connection, StateChange wish, Source source, Sink sink) {
        return sink.claim(connection.id())
                .flatMap(claim -> document(sink, connection, claim)
                        .map(held -> wish.of(held, source))
                        .flatMap(cursors -> sink.rewrite(claim, cursors).thenReturn(cursors.size())));
    }

    private static Mono<StateDocument> document(Sink sink, PlannedConnection connection, Claim claim) {
        return Flux.fromStream(() -> claim.committed().keySet().stream()
                        .map(SliceId::stream)
                        .filter(stream -> stream.connection().equals(connection.id()))
                        .distinct())
                .concatMap(stream -> sink.rows(stream).map(rows -> new Count(stream, rows)))
                .collect(Collectors.toMap(count -> count.stream().name(), Count::rows))
                .map(rows -> StateDocument.of(connection.id(), claim.epoch(), claim.committed(), rows));
    }

    private record Count(StreamId stream, long rows) {}

    private <T> Mono<T> withSink(PlannedConnection connection, Function<Sink, Mono<T>> use) {
        return Mono.usingWhen(
                Mono.fromCallable(() -> host.sink(connection, plan.directory())),
                use,
                sink -> Mono.<Void>fromRunnable(sink::close).subscribeOn(Schedulers.boundedElastic()));
    }
}
