package io.penstock.sinks.duckdb;

import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.Batch;
import io.penstock.record.SliceId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Commit;
import io.penstock.sink.KillPoint;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Spools the lines of one slice and loads them on the writer's thread. */
final class DuckDbStage implements Stage {

    private final Database database;
    private final Scheduler spooling;
    private final StreamInfo stream;
    private final SliceId slice;
    private final WriteMode mode;
    private final Table table;
    private final Supplier<Path> files;
    private final AtomicReference<@Nullable Spool> spool = new AtomicReference<>();

    DuckDbStage(Database database, Scheduler spooling, StreamInfo stream, Target target, Supplier<Path> files) {
        this.database = database;
        this.spooling = spooling;
        this.stream = stream;
        this.slice = target.slice();
        this.mode = target.mode();
        this.table = target.table();
        this.files = files;
    }

    /** Which slice goes into which table, and how. */
    record Target(SliceId slice, WriteMode mode, Table table) {}

    @Override
    public Mono<Void> write(Batch batch) {
        if (batch.records().size() == 0) {
            return Mono.empty();
        }
        return Mono.<Void>fromRunnable(() -> current().write(batch)).subscribeOn(spooling);
    }

    private Spool current() {
        Spool now = spool.get();
        if (now == null) {
            now = new Spool(files.get());
            spool.set(now);
        }
        return now;
    }

    @Override
    public Mono<Void> discard(long page, int attempt) {
        return Mono.<Void>fromRunnable(() -> {
                    Spool now = spool.get();
                    if (now != null) {
                        now.discard(page, attempt);
                    }
                })
                .subscribeOn(spooling);
    }

    @Override
    public Mono<Void> commit(Commit commit) {
        return Mono.<Void>fromRunnable(() -> load(commit)).subscribeOn(database.writer());
    }

    private void load(Commit commit) {
        database.requireSameFile();
        Spool lines = spool.get();
        try {
            if (lines == null || lines.rows() == 0) {
                Sql.transaction(database.connection(), () -> advance(commit));
            } else {
                load(commit, lines);
            }
        } catch (SQLException failed) {
            throw SqlFailures.of("cannot commit " + slice, failed);
        }
        KillPoint.reach("duckdb.commit.done");
        if (lines != null) {
            spool.set(null);
            lines.close();
        }
    }

    private void load(Commit commit, Spool lines) throws SQLException {
        Connection connection = database.connection();
        Set<String> hidden = stream.deletedField().map(Set::of).orElse(Set.of());
        Layout now = Tables.load(connection, table);
        Layout declared = now.columns().isEmpty() ? SchemaColumns.of(stream) : now;
        Layout layout = Tables.change(connection, table, now, declared.with(lines.shape(), hidden));
        KillPoint.reach("duckdb.commit.table");
        Load load = new Load(table, layout, stream, lines.file(), lines.longest());
        Sql.transaction(connection, () -> {
            if (advance(commit)) {
                insert(connection, load);
            }
            KillPoint.reach("duckdb.commit.loaded");
        });
    }

    private void insert(Connection connection, Load load) throws SQLException {
        try {
            load.run(connection, mode);
        } catch (SQLException refused) {
            Sql.run(connection, "ROLLBACK");
            Sql.run(connection, "BEGIN TRANSACTION"); // the caller ends it; nothing is in it but the search
            throw Diagnosis.of(connection, load, refused);
        }
    }

    private boolean advance(Commit commit) throws SQLException {
        if (commit.version() < 1) {
            throw new StateConflict("commits are numbered from 1, but this one is " + commit.version());
        }
        return StateTable.advance(database.connection(), slice, table.generation(), commit);
    }

    @Override
    public void close() {
        Spool now = spool.getAndSet(null);
        if (now != null) {
            spooling.schedule(now::close);
        }
    }
}
