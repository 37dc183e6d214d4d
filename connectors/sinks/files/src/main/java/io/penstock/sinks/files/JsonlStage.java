package io.penstock.sinks.files;

import io.penstock.record.Batch;
import io.penstock.sink.Commit;
import io.penstock.sink.SinkThreads;
import io.penstock.sink.Stage;
import reactor.core.publisher.Mono;

/** The spool of one slice. */
final class JsonlStage implements Stage {

    private final Place place;
    private final OutputDirectory directory;
    private final SinkThreads writer;
    private final SinkThreads spoolers;

    JsonlStage(Place place, OutputDirectory directory, SinkThreads writer, SinkThreads spoolers) {
        this.place = place;
        this.directory = directory;
        this.writer = writer;
        this.spoolers = spoolers;
    }

    @Override
    public Mono<Void> write(Batch batch) {
        return spoolers.run(() -> place.spool().write(batch));
    }

    @Override
    public Mono<Void> discard(long page, int attempt) {
        return spoolers.run(() -> place.spool().discard(page, attempt));
    }

    @Override
    public Mono<Void> commit(Commit commit) {
        return writer.run(() -> directory.commit(place, commit));
    }

    @Override
    public void close() {
        writer.later(() -> directory.leave(place));
    }
}
