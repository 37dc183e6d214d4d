package io.penstock.sinks.postgres;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Claim;
import io.penstock.sink.CommitCadence;
import io.penstock.sink.Sink;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;

/** The tables of one schema of a PostgreSQL database. */
final class PostgresSink implements Sink {

    private final Server server;
    private final SchemaWriter writer;
    private final AtomicBoolean closed = new AtomicBoolean();

    PostgresSink(Server server, SchemaWriter writer) {
        this.server = server;
        this.writer = writer;
    }

    @Override
    public Set<WriteMode> modes() {
        return Set.of(WriteMode.APPEND, WriteMode.UPSERT, WriteMode.REPLACE);
    }

    /** Large enough that the server spends its time on rows, not on transactions. */
    @Override
    public CommitCadence cadence() {
        return new CommitCadence(100_000, 64L << 20, Duration.ofSeconds(10));
    }

    @Override
    public Mono<Void> check() {
        return writer.threads().run(writer::check);
    }

    @Override
    public Mono<Claim> claim(ConnectionId connection) {
        return writer.threads().call(() -> writer.claim(connection));
    }

    @Override
    public Mono<Stage> open(StreamInfo stream, SliceId slice, WriteMode mode) {
        if (mode == WriteMode.UPSERT && stream.primaryKey().isEmpty()) {
            return Mono.error(
                    () -> new ConfigError(
                            "the stream " + stream.id()
                                    + " has no primary key, so that it cannot be upserted: choose append or replace, or declare a key"));
        }
        return writer.threads().call(() -> writer.stage(stream, slice, mode));
    }

    @Override
    public Mono<Void> publish(StreamId stream, WriteMode mode) {
        return mode != WriteMode.REPLACE ? Mono.empty() : writer.threads().run(() -> writer.publish(stream));
    }

    @Override
    public Mono<Long> rows(StreamId stream) {
        return writer.threads().call(() -> writer.rows(stream));
    }

    @Override
    public Mono<Void> forget(StreamId stream) {
        return writer.threads().run(() -> writer.forget(stream));
    }

    @Override
    public Mono<Void> rewrite(Claim claim, Map<SliceId, Optional<Cursor>> cursors) {
        return writer.threads().run(() -> writer.rewrite(claim, cursors));
    }

    @Override
    public String lookCommand() {
        String table = writer.lookAt();
        String look = "SELECT * FROM " + table + " LIMIT 10";
        return table.isEmpty()
                ? ""
                : "psql " + quoted(server.address().toString()) + " -U " + quoted(server.user()) + " -c "
                        + quoted(look);
    }

    private static String quoted(String word) {
        if (word.matches("[\\w.:/@-]+")) {
            return word;
        }
        return word.matches("[\\w .,:/@*-]+") ? '"' + word + '"' : "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            writer.close();
        }
    }
}
