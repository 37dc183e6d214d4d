package io.penstock.parts.directory;

import io.penstock.error.BadConfig.ConfigError;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * A sink that writes files of one directory: {@code append} and {@code replace}.
 *
 * <p>All that must stay in order runs on one thread; only what stages gather is written side by side.
 *
 * @param <P> where the stages of its target write
 */
public final class DirectorySink<P extends Place> implements Sink {

    /** Enough for one file: a million records, 256 MiB or ten seconds. */
    public static final CommitCadence CADENCE = new CommitCadence(1_000_000, 256L << 20, Duration.ofSeconds(10));

    private static final int QUEUE = 100_000;

    private final Target<P> target;
    private final SinkThreads writer;
    private final SinkThreads spoolers;
    private final CommitQueue<P> commits;
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * A sink for {@code target}.
     *
     * @param name in the names of its threads: the connector's
     * @param failures sorts what work on the target throws and is not yet sorted
     */
    public DirectorySink(String name, Target<P> target, Function<Throwable, PenstockException> failures) {
        this.target = target;
        this.writer = new SinkThreads("penstock-" + name + "-commit", 1, QUEUE, failures);
        this.spoolers = new SinkThreads(
                "penstock-" + name + "-spool",
                Math.min(4, Runtime.getRuntime().availableProcessors()),
                QUEUE,
                failures);
        this.commits = new CommitQueue<>(target, writer);
    }

    /** Sorts what the file system throws; {@code doing} is such as {@code writing files in /data}. */
    public static PenstockException sorted(String doing, Throwable failure) {
        Throwable cause =
                failure instanceof UncheckedIOException wrapped ? Objects.requireNonNull(wrapped.getCause()) : failure;
        return cause instanceof IOException io
                ? PrivateFiles.failure(doing, io)
                : new SinkPermanent(doing + " failed: " + cause, cause);
    }

    @Override
    public Set<WriteMode> modes() {
        return Set.of(WriteMode.APPEND, WriteMode.REPLACE);
    }

    @Override
    public CommitCadence cadence() {
        return target.cadence();
    }

    @Override
    public Mono<Void> check() {
        return writer.run(target::check);
    }

    @Override
    public Mono<Claim> claim(ConnectionId connection) {
        return writer.call(() -> target.claim(connection));
    }

    @Override
    public Mono<Stage> open(StreamInfo stream, SliceId slice, WriteMode mode) {
        return writer.call(() -> {
            if (!modes().contains(mode)) {
                throw new ConfigError("rows in files cannot be changed in place, so that " + stream.id()
                        + " cannot be upserted into them: choose append or replace, or a database such as duckdb");
            }
            return new DirectoryStage<>(target.open(stream, slice, mode), spoolers, commits, this::leave);
        });
    }

    private void leave(P place) {
        writer.later(() -> target.leave(place));
    }

    @Override
    public Mono<Void> publish(StreamId stream, WriteMode mode) {
        return mode == WriteMode.REPLACE ? writer.run(() -> target.publish(stream)) : Mono.empty();
    }

    @Override
    public Mono<Long> rows(StreamId stream) {
        return writer.call(() -> target.rows(stream));
    }

    @Override
    public Mono<Void> forget(StreamId stream) {
        return writer.run(() -> target.forget(stream));
    }

    @Override
    public Mono<Void> rewrite(Claim claim, Map<SliceId, Optional<Cursor>> cursors) {
        return writer.run(() -> target.rewrite(claim, cursors));
    }

    @Override
    public String lookCommand() {
        return target.lookCommand();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            spoolers.close();
            writer.later(target::close);
            writer.close();
        }
    }

    /** What one slice gathers. */
    private record DirectoryStage<P extends Place>(
            P place, SinkThreads spoolers, CommitQueue<P> commits, Consumer<P> leave) implements Stage {

        @Override
        public Mono<Void> write(Batch batch) {
            return spoolers.run(() -> place.write(batch));
        }

        @Override
        public Mono<Void> discard(long page, int attempt) {
            return spoolers.run(() -> place.discard(page, attempt));
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
