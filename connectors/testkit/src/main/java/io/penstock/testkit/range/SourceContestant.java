package io.penstock.testkit.range;

import io.penstock.error.PenstockException;
import io.penstock.record.Batch;
import io.penstock.record.StreamId;
import io.penstock.source.Source;
import io.penstock.testkit.source.SourceContract;
import io.penstock.testkit.source.SourceRig;
import io.penstock.testkit.source.Sources;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads all streams of a source side by side, as the engine does, and keeps what came before a failure. */
public final class SourceContestant implements Contestant {

    private static final int SIDE_BY_SIDE = 6;
    private static final int BUG = 70;

    private final BiFunction<SourceRig, URI, Source> opener;

    /**
     * A contestant that reads what {@code opener} opens.
     *
     * @param opener a source of the model API at the address given, whose streams go by the model's names
     */
    public SourceContestant(BiFunction<SourceRig, URI, Source> opener) {
        this.opener = opener;
    }

    @Override
    public Ending read(URI api) {
        try (ShortWaits waits = new ShortWaits();
                SourceRig rig = SourceRig.of(waits.resources(), waits::client);
                Source source = opener.apply(rig, api)) {
            Map<String, List<String>> rows = new LinkedHashMap<>();
            List<Throwable> failures = new ArrayList<>();
            Flux.fromIterable(Sources.streams(source))
                    .flatMap(info -> stream(source, info.id()), SIDE_BY_SIDE)
                    .doOnNext(read -> {
                        rows.put(read.stream(), read.rows());
                        failures.addAll(read.failures());
                    })
                    .blockLast(SourceContract.LIMIT);
            return ending(rows, failures);
        }
    }

    private record Read(String stream, List<String> rows, List<Throwable> failures) {}

    /** Ends at the first slice that fails. */
    private static Mono<Read> stream(Source source, StreamId stream) {
        return Mono.defer(() -> {
            List<String> rows = Collections.synchronizedList(new ArrayList<>());
            return source.slices(stream)
                    .concatMap(slice -> pages(source.read(slice, Optional.empty())), 1)
                    .doOnNext(rows::addAll)
                    .then(Mono.fromCallable(() -> new Read(stream.name(), rows, List.of())))
                    .onErrorResume(failure -> Mono.just(new Read(stream.name(), rows, List.of(failure))));
        });
    }

    /** The rows of each page once the page is whole: what a sink would commit. */
    private static Flux<List<String>> pages(Flux<Batch> read) {
        return read.bufferUntil(Batch::pageEnd)
                .filter(page -> page.get(page.size() - 1).pageEnd())
                .map(Sources::records);
    }

    private static Ending ending(Map<String, List<String>> rows, List<Throwable> failures) {
        return failures.stream()
                .max(Comparator.comparingInt(
                        failure -> exitCode(failure) == BUG ? Integer.MAX_VALUE : exitCode(failure)))
                .map(worst ->
                        new Ending(exitCode(worst), rows, worst.getClass().getSimpleName() + ": " + worst.getMessage()))
                .orElseGet(() -> new Ending(0, rows, ""));
    }

    /** A failure of no known kind is a bug, and worse than all others. */
    private static int exitCode(Throwable failure) {
        return failure instanceof PenstockException known ? known.exitCode() : BUG;
    }
}
