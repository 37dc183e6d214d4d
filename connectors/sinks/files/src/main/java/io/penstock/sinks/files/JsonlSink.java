package io.penstock.sinks.files;

import io.penstock.error.PenstockException;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.record.Batch;
import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Claim;
import io.penstock.sink.Commit;
import io.penstock.sink.CommitCadence;
import io.penstock.sink.PrivateFiles;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkThreads;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import io.penstock.sinks.files.DataFiles.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** One directory of JSON lines. All that must stay in order runs on one thread; only the spools are written side by side. */
final class JsonlSink implements Sink {

    private static final int QUEUE = 100_000;

    private final OutputDirectory directory;
    private final SinkThreads writer;
    private final SinkThreads spoolers;
    private final CommitQueue commits;
    private final AtomicBoolean closed = new AtomicBoolean();

    JsonlSink(Path path, Disk disk) {
        this.directory = new OutputDirectory(path, disk);
        this.writer = new SinkThreads("penstock-jsonl-commit", 1, QUEUE, failure -> sorted(path, failure));
        this.spoolers = new SinkThreads(
                "penstock-jsonl-spool",
                Math.min(4, Runtime.getRuntime().availableProcessors()),
                QUEUE,
                failure -> sorted(path, failure));
        this.commits = new CommitQueue(directory, writer);
    }

    private static PenstockException sorted(Path directory, Throwable failure) {
        Throwable cause =
                failure instanceof UncheckedIOException wrapped ? Objects.requireNonNull(wrapped.getCause()) : failure;
        return cause instanceof IOException io
                ? PrivateFiles.failure("writing JSON lines in " + directory, io)
                : new SinkPermanent("writing JSON lines in " + directory + " failed: " + cause, cause);
    }

    @Override
    public Set<WriteMode> modes() {
        return Set.of(WriteMode.APPEND, WriteMode.REPLACE);
    }

    @Override
    public CommitCadence cadence() {
        return new CommitCadence(1_000_000, 256L << 20, Duration.ofSeconds(10));
    }

    @Override
    public Mono<Void> check() {
        return writer.run(directory::check);
    }

    @Override
    public Mono<Claim> claim(ConnectionId connection) {
        return writer.call(() -> directory.claim(connection));
    }

    @Override
    public Mono<Stage> open(StreamInfo stream, SliceId slice, WriteMode mode) {
        return writer.call(() -> new JsonlStage(directory.open(slice, mode), spoolers, commits, this::leave));
    }

    private void leave(Place place) {
        writer.later(() -> directory.leave(place));
    }

    @Override
    public Mono<Void> publish(StreamId stream, WriteMode mode) {
        return mode == WriteMode.REPLACE ? writer.run(() -> directory.publish(stream)) : Mono.empty();
    }

    @Override
    public Mono<Long> rows(StreamId stream) {
        return writer.call(() -> directory.rows(stream));
    }

    @Override
    public Mono<Void> forget(StreamId stream) {
        return writer.run(() -> directory.forget(stream));
    }

    @Override
    public Mono<Void> rewrite(Claim claim, Map<SliceId, Optional<Cursor>> cursors) {
        return writer.run(() -> directory.rewrite(claim, cursors));
    }

    @Override
    public String lookCommand() {
        return directory.lookCommand();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            spoolers.close();
            writer.later(directory::close);
            writer.close();
        }
    }

    /** The spool of one slice. */
    private static final class JsonlStage implements Stage {

        private final Place place;
        private final SinkThreads spoolers;
        private final CommitQueue commits;
        private final Consumer<Place> leave;

        JsonlStage(Place place, SinkThreads spoolers, CommitQueue commits, Consumer<Place> leave) {
            this.place = place;
            this.spoolers = spoolers;
            this.commits = commits;
            this.leave = leave;
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
            return commits.commit(place, commit);
        }

        @Override
        public void close() {
            leave.accept(place);
        }
    }
}
