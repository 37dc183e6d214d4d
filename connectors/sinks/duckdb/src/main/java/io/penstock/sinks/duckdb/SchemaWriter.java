package io.penstock.sinks.duckdb;

import io.penstock.columns.Session;
import io.penstock.columns.Sql;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Claim;
import io.penstock.sink.Commit;
import io.penstock.sink.KillPoint;
import io.penstock.sink.SinkThreads;
import io.penstock.sink.WriteMode;
import io.penstock.sinks.duckdb.CommitQueue.StagedCommit;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One schema of a database: who writes to it, which tables are open. Confined to the writer thread, but for the threads it names. */
final class SchemaWriter {

    private final Database database;
    private final String schema;
    private final String memoryLimit;
    private final Set<ConnectionId> claimed = new HashSet<>();
    private final CommitQueue commits;
    private final Map<StreamId, StreamTable> tables = new HashMap<>();
    private final Map<StreamId, StreamTable> replacements = new HashMap<>();
    private final Set<StreamId> published = new HashSet<>();
    private volatile String lookAt = "";
    private @Nullable Open open;
    private boolean closed;

    /** What works on the database, once it is open. */
    private record Open(Session session, Ledger ledger, DeadLetters letters, Committer committer) {}

    SchemaWriter(Database database, String schema, String memoryLimit) {
        this.database = database;
        this.schema = schema;
        this.memoryLimit = memoryLimit;
        this.commits = new CommitQueue(database.writer(), this::committer);
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
            DeadLetters letters = new DeadLetters(session, schema);
            Committer committer = new Committer(session, ledger, letters, database::nextFile, this::tableOf);
            open = new Open(session, ledger, letters, committer);
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
            now.letters.sweep(connection);
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
        return new DuckDbStage(stream, slice, mode, database.spool(), database.nextFile(), this);
    }

    private static String plain(String name) {
        return name.matches("[a-z_][a-z0-9_.]*") ? name : Sql.name(name);
    }

    private StreamTable tableOf(DuckDbStage stage) throws IOException, SQLException {
        return table(opened(), stage.stream(), stage.replaces());
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

    /** Makes rows and cursor of a stage durable in one transaction, together with other stages that wait for the same. */
    Mono<Void> commit(DuckDbStage stage, Commit commit) {
        return commits.add(new StagedCommit(stage, commit));
    }

    private Committer committer() throws IOException, SQLException {
        Open now = opened();
        database.requireSameFile();
        return now.committer;
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
            now.letters.publish(id);
            KillPoint.reach("duckdb.publish.swapped");
        });
        replacements.remove(id); // before anything else can fail: a repeat must not swap a second time
        tables.remove(id);
        published.add(id);
        KillPoint.reach("duckdb.publish.committed");
        now.session.checkpoint();
    }

    /** Rows that readers see; null if nothing is known of the stream. */
    @Nullable Long rows(StreamId id) throws IOException, SQLException {
        Open now = opened();
        if (now.ledger.entry(id, false).isEmpty()) {
            return null;
        }
        return new StreamTable(now.session, now.ledger, schema, StreamInfo.of(id), false).rows();
    }

    List<String> deadLetters(ConnectionId connection, Optional<String> stream, int most)
            throws IOException, SQLException {
        return opened().letters.list(connection, stream, most);
    }

    void forget(StreamId id) throws IOException, SQLException {
        opened().ledger.forget(id);
    }

    /** Gives slices other cursors, all at once. */
    void rewrite(Claim claim, Map<SliceId, Optional<Cursor>> cursors) throws IOException, SQLException {
        Open now = opened();
        database.requireSameFile();
        now.session.transaction(() -> now.ledger.rewrite(claim.epoch(), cursors));
        now.session.checkpoint();
    }

    /** Gives the database back. */
    void close() {
        threads().later(() -> {
            closed = true;
            claimed.forEach(connection -> database.giveBack(connection, schema));
        });
        database.release();
    }
}
