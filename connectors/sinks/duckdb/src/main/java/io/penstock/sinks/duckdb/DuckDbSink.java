package io.penstock.sinks.duckdb;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.ConnectionId;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Claim;
import io.penstock.sink.CommitCadence;
import io.penstock.sink.KillPoint;
import io.penstock.sink.Sink;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One DuckDB file as a sink. */
final class DuckDbSink implements Sink {

    private static final CommitCadence CADENCE = new CommitCadence(122_880, 64 << 20, Duration.ofSeconds(10));
    private static final int SPOOLERS = 4;
    private static final int WAITING = 10_000;

    private final Databases databases;
    private final Path file;
    private final String schema;
    private final String memory;
    private final AtomicLong spools = new AtomicLong();
    private final Scheduler spooling =
            Schedulers.newBoundedElastic(SPOOLERS, WAITING, "penstock-duckdb-spool", 30, true);

    private @Nullable Database database;
    private @Nullable ConnectionId claimed;
    private boolean closed;

    DuckDbSink(Databases databases, Path file, String schema, String memory) {
        this.databases = databases;
        this.file = file;
        this.schema = schema;
        this.memory = memory;
    }

    @Override
    public Set<WriteMode> modes() {
        return EnumSet.allOf(WriteMode.class);
    }

    @Override
    public CommitCadence cadence() {
        return CADENCE;
    }

    @Override
    public Mono<Void> check() {
        return Mono.<Void>fromRunnable(() -> {
                    boolean existed = Files.exists(file);
                    Database opened = databases.acquire(file, memory);
                    databases.release(opened);
                    if (!existed) {
                        Spools.delete(file);
                    }
                })
                .subscribeOn(spooling);
    }

    @Override
    public Mono<Claim> claim(ConnectionId connection) {
        return Mono.fromCallable(this::opened)
                .subscribeOn(spooling)
                .flatMap(opened -> on(opened, () -> claim(opened, connection)));
    }

    private synchronized Database opened() {
        if (closed) {
            throw new IllegalStateException("the sink is closed");
        }
        if (database == null) {
            database = databases.acquire(file, memory);
        }
        return database;
    }

    private Claim claim(Database opened, ConnectionId connection) throws SQLException {
        opened.claim(connection.name());
        claimed = connection;
        Spools.sweep(opened.spools(), connection.name());
        Connection sql = opened.connection();
        long[] epoch = new long[1];
        Sql.transaction(sql, () -> {
            for (Table half : Tables.all(sql, connection.name(), StateTable.NEXT)) {
                Tables.drop(sql, half);
                StateTable.forget(sql, half.stream(), StateTable.NEXT);
            }
            epoch[0] = StateTable.mint(sql, connection.name());
        });
        return new Claim(epoch[0], StateTable.all(sql, connection.name()));
    }

    @Override
    public Mono<Stage> open(StreamInfo stream, SliceId slice, WriteMode mode) {
        return claimedDatabase().flatMap(opened -> on(opened, () -> stage(opened, stream, slice, mode)));
    }

    private Stage stage(Database opened, StreamInfo stream, SliceId slice, WriteMode mode) throws SQLException {
        if (mode == WriteMode.UPSERT && stream.primaryKey().isEmpty()) {
            throw new ConfigError("the stream " + stream.id()
                    + " has no primary key, which upsert needs: give it a key, or use" + " append or replace");
        }
        Table current = Table.of(stream.id(), StateTable.CURRENT, schema);
        Tables.requireOurs(opened.connection(), current, Tables.load(opened.connection(), current));
        int generation = mode == WriteMode.REPLACE ? StateTable.NEXT : StateTable.CURRENT;
        Table table = Table.of(stream.id(), generation, schema);
        Path folder = Spools.folder(opened.spools(), stream.id().connection().name());
        return new DuckDbStage(
                opened,
                spooling,
                stream,
                new DuckDbStage.Target(slice, mode, table),
                () -> folder.resolve(spools.incrementAndGet() + ".jsonl"));
    }

    @Override
    public Mono<Void> publish(StreamId stream, WriteMode mode) {
        if (mode != WriteMode.REPLACE) {
            return Mono.empty();
        }
        return claimedDatabase()
                .flatMap(opened -> on(opened, () -> {
                    publish(opened, stream);
                    return true;
                }))
                .then();
    }

    private void publish(Database opened, StreamId stream) throws SQLException {
        opened.requireSameFile();
        Connection sql = opened.connection();
        Table current = Table.of(stream, StateTable.CURRENT, schema);
        Table next = Table.of(stream, StateTable.NEXT, schema);
        boolean written = !Tables.load(sql, next).columns().isEmpty();
        KillPoint.reach("duckdb.publish.begin");
        Sql.transaction(sql, () -> {
            Tables.publish(sql, current, next, written);
            StateTable.publish(sql, stream);
        });
        KillPoint.reach("duckdb.publish.done");
        Sql.run(sql, "CHECKPOINT");
    }

    @Override
    public Mono<Long> rows(StreamId stream) {
        return claimedDatabase()
                .flatMap(opened -> on(opened, () -> {
                    Table table = Table.of(stream, StateTable.CURRENT, schema);
                    return Tables.load(opened.connection(), table).columns().isEmpty()
                            ? Optional.<Long>empty()
                            : Optional.of(Sql.query(
                                            opened.connection(),
                                            row -> row.getLong(1),
                                            "SELECT count(*) FROM " + table.sql())
                                    .get(0));
                }))
                .flatMap(Mono::justOrEmpty);
    }

    @Override
    public Mono<Void> forget(StreamId stream) {
        return claimedDatabase()
                .flatMap(opened -> on(opened, () -> {
                    StateTable.forget(opened.connection(), stream, StateTable.CURRENT);
                    return true;
                }))
                .then();
    }

    private Mono<Database> claimedDatabase() {
        return Mono.fromCallable(this::opened).subscribeOn(spooling);
    }

    /** Runs {@code work} on the writer's thread, with its failures typed. */
    private <T> Mono<T> on(Database opened, Callable<T> work) {
        return Mono.fromCallable(work)
                .onErrorMap(SQLException.class, failed -> SqlFailures.of("cannot use " + file, failed))
                .subscribeOn(opened.writer());
    }

    @Override
    public String lookCommand() {
        return "duckdb " + file + " \"SHOW TABLES\"";
    }

    @Override
    public void close() {
        Database opened = release();
        if (opened != null) {
            Path folder = opened.spools();
            databases.release(opened);
            Spools.deleteIfEmpty(folder);
        }
        spooling.dispose();
    }

    private synchronized @Nullable Database release() {
        Database opened = database;
        if (opened != null && claimed != null) {
            opened.unclaim(claimed.name());
        }
        database = null;
        claimed = null;
        closed = true;
        return opened;
    }
}
