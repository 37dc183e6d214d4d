package io.penstock.sinks.duckdb;

import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.ConnectionId;
import io.penstock.record.Shape;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Claim;
import io.penstock.sink.Commit;
import io.penstock.sink.KillPoint;
import io.penstock.sink.SinkThreads;
import io.penstock.sink.WriteMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Commits into one schema of a database. Confined to the writer thread, but for the threads it names. */
final class SchemaWriter {

    private final Database database;
    private final String schema;
    private final String memoryLimit;
    private final Set<ConnectionId> claimed = new HashSet<>();
    private final Map<StreamId, StreamTable> tables = new HashMap<>();
    private final Map<StreamId, StreamTable> replacements = new HashMap<>();
    private final Set<StreamId> published = new HashSet<>();
    private volatile String lookAt = "";
    private @Nullable Open open;
    private boolean closed;

    /** The session and the ledger, once the database is open. */
    private record Open(Session session, Ledger ledger) {}

    SchemaWriter(Database database, String schema, String memoryLimit) {
        this.database = database;
        this.schema = schema;
        this.memoryLimit = memoryLimit;
    }

    SinkThreads threads() {
        return database.writer();
    }

    SinkThreads spoolers() {
        return database.spoolers();
    }

    String lookAt() {
        return lookAt;
    }

    private Open opened() throws IOException, SQLException {
        if (closed) {
            throw new StateConflict("the sink was closed");
        }
        if (open == null) {
            Session session = database.session(memoryLimit);
            Ledger ledger = new Ledger(session, schema);
            ledger.prepare();
            session.checkpoint();
            open = new Open(session, ledger);
        }
        return open;
    }

    /** Takes the connection, and drops what its dead runs have left. */
    Claim claim(ConnectionId connection) throws IOException, SQLException {
        Open now = opened();
        database.take(connection, schema);
        claimed.add(connection);
        Claim[] claim = new Claim[1];
        now.session.transaction(() -> {
            now.ledger.sweep(connection);
            claim[0] = now.ledger.claim(connection);
        });
        now.session.checkpoint();
        return claim[0];
    }

    /** A stage for a slice, once its table is known to be ours. */
    DuckDbStage stage(StreamInfo stream, SliceId slice, WriteMode mode) throws IOException, SQLException {
        Open now = opened();
        if (!claimed.contains(stream.id().connection())) {
            throw new StateConflict("the connection " + stream.id().connection() + " has not claimed the database");
        }
        StreamTable visible = table(now, stream, false);
        if (mode == WriteMode.REPLACE) {
            table(now, stream, true);
        }
        if (lookAt.isEmpty()) {
            lookAt = plain(
                    schema.equals("main")
                            ? stream.id().name()
                            : schema + "." + stream.id().name());
        }
        visible.columns();
        return new DuckDbStage(stream, slice, mode, database.spool(), this);
    }

    private static String plain(String name) {
        return name.matches("[a-z_][a-z0-9_.]*") ? name : Sql.name(name);
    }

    private StreamTable table(Open now, StreamInfo stream, boolean next) throws SQLException {
        Map<StreamId, StreamTable> known = next ? replacements : tables;
        StreamTable table = known.get(stream.id());
        if (table == null) {
            table = new StreamTable(now.session, now.ledger, schema, stream, next);
            known.put(stream.id(), table);
        }
        return table;
    }

    /** Makes rows and cursor durable in one transaction. */
    void commit(DuckDbStage stage, Commit commit) throws IOException, SQLException {
        Open now = opened();
        database.requireSameFile();
        Ledger.Standing standing = now.ledger.standing(stage.slice(), stage.replaces());
        Ledger.Standing wanted = new Ledger.Standing(commit.version(), commit.epoch());
        if (!standing.equals(wanted)) {
            if (standing.version() != commit.version() - 1) {
                throw Ledger.conflict(stage.slice(), commit);
            }
            StreamTable table = table(now, stage.stream(), stage.replaces());
            KillPoint.reach("duckdb.commit.begun");
            if (stage.mode() == WriteMode.UPSERT) {
                stage.spool().flush();
                table.mark(stage.shape(), stage.spool().path(), stage.longest());
            }
            table.grow(stage.shape(), stage.spool().records(), stage.numbers());
            load(now, stage, table, commit);
            KillPoint.reach("duckdb.commit.done");
        }
        stage.clear();
    }

    private void load(Open now, DuckDbStage stage, StreamTable table, Commit commit) throws IOException, SQLException {
        Path rewritten = null;
        try {
            Load load = plainLoad(stage, table);
            if (needsRewriting(stage, load)) {
                rewritten = database.nextFile();
                load = rewrite(stage, table, load, rewritten);
            }
            for (Optional<Column> finer = attempt(now, stage, table, load, commit);
                    finer.isPresent();
                    finer = attempt(now, stage, table, load, commit)) {
                table.keepAsText(finer.get());
                load = new Load(load.lines(), table.occurring(stage.shape()), load.asText(), load.longest());
            }
        } finally {
            if (rewritten != null) {
                Files.deleteIfExists(rewritten);
            }
        }
    }

    private static Load plainLoad(DuckDbStage stage, StreamTable table) throws IOException {
        stage.spool().flush();
        return new Load(stage.spool().path(), table.occurring(stage.shape()), Set.of(), stage.longest());
    }

    private static boolean needsRewriting(DuckDbStage stage, Load load) {
        return !stage.numbers().inexact().isEmpty()
                || load.columns().stream().anyMatch(column -> !column.name().equals(column.field()))
                || stage.shape().fields().values().stream().anyMatch(kinds -> (kinds & Shape.NOT_AN_OBJECT) != 0);
    }

    private static Load rewrite(DuckDbStage stage, StreamTable table, Load load, Path to) throws IOException {
        Set<String> asText = load.columns().stream()
                .filter(column -> column.type() == ColumnType.JSON)
                .map(Column::field)
                .filter(stage.numbers().inexact()::contains)
                .collect(Collectors.toSet());
        SpoolRewriter rewriter = new SpoolRewriter(table.readable(), asText);
        rewriter.rewrite(load.lines(), to);
        return new Load(to, load.columns(), asText, rewriter.longest());
    }

    /** One try of the transaction; gives the column that must become text before the next try, if there is one. */
    private Optional<Column> attempt(Open now, DuckDbStage stage, StreamTable table, Load load, Commit commit)
            throws SQLException {
        try {
            now.session.transaction(() -> {
                if (stage.spool().records() > 0) {
                    if (stage.mode() == WriteMode.UPSERT) {
                        table.upsert(load);
                    } else {
                        table.append(load);
                    }
                }
                now.ledger.advance(stage.slice(), stage.replaces(), commit);
                KillPoint.reach("duckdb.commit.inserted");
            });
            return Optional.empty();
        } catch (SQLException failure) {
            if (!SqlFailures.isConversion(failure)) {
                requireDone(now, stage, commit, failure);
                return Optional.empty();
            }
            Optional<Column> finer =
                    new RejectFinder(now.session, stage.stream().id()).finer(load);
            if (finer.isEmpty()) {
                throw failure;
            }
            return finer;
        }
    }

    /** After a lost answer the ledger tells whether the commit was made. */
    private static void requireDone(Open now, DuckDbStage stage, Commit commit, SQLException failure)
            throws SQLException {
        try {
            Ledger.Standing standing = now.ledger.standing(stage.slice(), stage.replaces());
            if (standing.equals(new Ledger.Standing(commit.version(), commit.epoch()))) {
                return;
            }
        } catch (SQLException unreadable) {
            failure.addSuppressed(unreadable);
        }
        throw failure;
    }

    /** Puts what this run has committed in the place of all older rows and cursors. */
    void publish(StreamId id) throws IOException, SQLException {
        Open now = opened();
        database.requireSameFile();
        StreamTable fresh = replacements.get(id);
        if (fresh == null && !published.add(id)) {
            return;
        }
        StreamInfo stream = StreamInfo.of(id);
        StreamTable next = fresh == null ? table(now, stream, true) : fresh;
        StreamTable visible = table(now, stream, false);
        now.session.transaction(() -> {
            next.replace(visible);
            now.ledger.publish(id);
            KillPoint.reach("duckdb.publish.swapped");
        });
        KillPoint.reach("duckdb.publish.committed");
        now.session.checkpoint();
        replacements.remove(id);
        tables.remove(id);
        published.add(id);
    }

    /** Rows that readers see; null if nothing is known of the stream. */
    @Nullable Long rows(StreamId id) throws IOException, SQLException {
        Open now = opened();
        if (now.ledger.entry(id, false).isEmpty()) {
            return null;
        }
        return new StreamTable(now.session, now.ledger, schema, StreamInfo.of(id), false).rows();
    }

    void forget(StreamId id) throws IOException, SQLException {
        opened().ledger.forget(id);
    }

    /** Gives the database back. */
    void close() {
        threads().later(() -> {
            closed = true;
            claimed.forEach(connection -> database.giveBack(connection, schema));
        });
        Databases.release(database);
    }
}
