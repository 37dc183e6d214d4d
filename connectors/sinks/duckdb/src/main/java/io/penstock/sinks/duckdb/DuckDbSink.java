package io.penstock.sinks.duckdb;

import io.penstock.columns.SqlFailures;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.SinkFailure.SinkTransient;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Claim;
import io.penstock.sink.CommitCadence;
import io.penstock.sink.Sink;
import io.penstock.sink.SinkThreads;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The tables of one schema of a DuckDB file. */
final class DuckDbSink implements Sink {

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);

    private final Path path;
    private final String schema;
    private final String memoryLimit;
    private final Scheduler timer;
    private final SinkThreads opener;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable SchemaWriter schemaWriter; // written by the opener only

    DuckDbSink(Path path, String schema, String memoryLimit, Scheduler timer) {
        this.path = path;
        this.schema = schema;
        this.memoryLimit = memoryLimit;
        this.timer = timer;
        this.opener = new SinkThreads("penstock-duckdb-open", 1, 1_000, failure -> SqlFailures.sorted(path, failure));
    }

    @Override
    public Set<WriteMode> modes() {
        return Set.of(WriteMode.APPEND, WriteMode.UPSERT, WriteMode.REPLACE);
    }

    /** A row group of DuckDB, so that it is compressed and written once; bytes only bound the spool, which lies on disk. */
    @Override
    public CommitCadence cadence() {
        return new CommitCadence(122_880, 256L << 20, Duration.ofSeconds(10));
    }

    @Override
    public boolean keepsDeadLetters() {
        return true;
    }

    @Override
    public Mono<List<String>> deadLetters(ConnectionId connection, Optional<String> stream, int most) {
        return writer().flatMap(open -> open.threads().call(() -> open.deadLetters(connection, stream, most)));
    }

    @Override
    public Mono<Void> check() {
        return opener.run(() -> Database.check(path));
    }

    @Override
    public Mono<Claim> claim(ConnectionId connection) {
        return writer().flatMap(open -> open.threads().call(() -> open.claim(connection)));
    }

    private Mono<SchemaWriter> writer() {
        return opener.call(() -> {
            if (closed.get()) {
                throw new StateConflict("the sink " + path + " was closed");
            }
            SchemaWriter open = schemaWriter;
            if (open == null) {
                open = new SchemaWriter(Database.acquire(path), schema, memoryLimit);
                schemaWriter = open;
            }
            return open;
        });
    }

    @Override
    public Mono<Stage> open(StreamInfo stream, SliceId slice, WriteMode mode) {
        if (mode == WriteMode.UPSERT && stream.primaryKey().isEmpty()) {
            return Mono.error(
                    () -> new ConfigError(
                            "the stream " + stream.id()
                                    + " has no primary key, so that it cannot be upserted: choose append or replace, or declare a key"));
        }
        return writer().flatMap(open -> open.threads().call(() -> open.stage(stream, slice, mode)));
    }

    /** Repeated where DuckDB could not do it just then: the swap is one transaction, so that a failed one has changed nothing. */
    @Override
    public Mono<Void> publish(StreamId stream, WriteMode mode) {
        return mode != WriteMode.REPLACE
                ? Mono.empty()
                : repeated(writer().flatMap(open -> open.threads().run(() -> open.publish(stream))), 1);
    }

    /** Waits twice as long each time, on the timer of the run. */
    Mono<Void> repeated(Mono<Void> work, int number) {
        return work.onErrorResume(
                SinkTransient.class,
                failure -> number > failure.repeats()
                        ? Mono.error(failure)
                        : Mono.delay(FIRST_WAIT.multipliedBy(1L << (number - 1)), timer)
                                .then(Mono.defer(() -> repeated(work, number + 1))));
    }

    @Override
    public Mono<Long> rows(StreamId stream) {
        return Mono.defer(() -> {
            SchemaWriter open = schemaWriter;
            return open == null ? Mono.empty() : open.threads().call(() -> open.rows(stream));
        });
    }

    @Override
    public Mono<Void> forget(StreamId stream) {
        return writer().flatMap(open -> open.threads().run(() -> open.forget(stream)));
    }

    @Override
    public Mono<Void> rewrite(Claim claim, Map<SliceId, Optional<Cursor>> cursors) {
        return writer().flatMap(open -> open.threads().run(() -> open.rewrite(claim, cursors)));
    }

    @Override
    public String lookCommand() {
        SchemaWriter open = schemaWriter;
        String table = open == null ? "" : open.lookAt();
        return table.isEmpty()
                ? ""
                : "duckdb " + quoted(path.toString()) + " " + quoted("SELECT * FROM " + table + " LIMIT 10");
    }

    private static String quoted(String word) {
        if (word.matches("[\\w./-]+")) {
            return word;
        }
        return word.matches("[\\w .,/*-]+") ? '"' + word + '"' : "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            opener.later(() -> {
                SchemaWriter open = schemaWriter;
                if (open != null) {
                    open.close();
                }
            });
            opener.close();
        }
    }
}
