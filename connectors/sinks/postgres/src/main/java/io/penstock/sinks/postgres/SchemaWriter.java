package io.penstock.sinks.postgres;

import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.ConnectionId;
import io.penstock.record.Cursor;
import io.penstock.record.HeldBytes;
import io.penstock.record.SliceId;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Claim;
import io.penstock.sink.Commit;
import io.penstock.sink.KillPoint;
import io.penstock.sink.PrivateFiles;
import io.penstock.sink.SinkThreads;
import io.penstock.sink.Spool;
import io.penstock.sink.WriteMode;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One schema of a database: who writes to it, which tables are open. Confined to the writer thread, but for the threads it names. */
final class SchemaWriter {

    private static final int QUEUE = 100_000;
    private static final long IN_MEMORY = 8L << 20;

    private final Server server;
    private final String schema;
    private final Path spools;
    private final SinkThreads writer;
    private final SinkThreads spoolers;
    private final ConnectionLock lock;
    private final Session session;
    private final Ledger ledger;
    private final Committer committer;
    private final HeldBytes memory = HeldBytes.of(IN_MEMORY);
    private final Map<ConnectionId, Long> epochs = new HashMap<>();
    private final Map<StreamId, StreamTable> tables = new HashMap<>();
    private final Map<StreamId, StreamTable> replacements = new HashMap<>();
    private final Set<StreamId> swapped = new HashSet<>();
    private volatile String lookAt = "";
    private long lastSpool;
    private boolean closed;

    SchemaWriter(Server server, String schema, Path spools) {
        this.server = server;
        this.schema = schema;
        this.spools = spools;
        this.writer =
                new SinkThreads("penstock-postgres-commit", 1, QUEUE, thrown -> SqlFailures.sorted(server, thrown));
        this.spoolers = new SinkThreads(
                "penstock-postgres-spool",
                Math.min(4, Runtime.getRuntime().availableProcessors()),
                QUEUE,
                thrown -> SqlFailures.sorted(server, thrown));
        this.lock = new ConnectionLock(server, schema);
        this.session = new Session(() -> {
            lock.renew(); // a server that was started anew knows nothing of it
            return server.connect();
        });
        this.ledger = new Ledger(session, schema);
        this.committer = new Committer(session, ledger);
    }

    /** The one thread that talks to the server. */
    SinkThreads threads() {
        return writer;
    }

    /** The threads that write spools. */
    SinkThreads spoolers() {
        return spoolers;
    }

    String lookAt() {
        return lookAt;
    }

    private void requireOpen() {
        if (closed) {
            throw new StateConflict("the sink was closed");
        }
    }

    /** Proves that the schema can be written, and changes nothing. */
    void check() throws SQLException {
        requireOpen();
        server.requireWritable(session);
        boolean allowed = session.query(
                        "SELECT CASE WHEN EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = ?) THEN"
                                + " has_schema_privilege(?, 'USAGE, CREATE') ELSE has_database_privilege("
                                + "current_database(), 'CREATE') END",
                        row -> row.getBoolean(1),
                        schema,
                        schema)
                .get(0);
        if (!allowed) {
            throw SqlFailures.forbidden(server, "CREATE in the schema " + schema);
        }
    }

    /** Takes the connection, and drops what its dead runs have left. */
    Claim claim(ConnectionId connection) throws SQLException {
        requireOpen();
        lock.take(connection);
        try {
            server.requireWritable(session);
            Claim[] claim = new Claim[1];
            session.transaction(() -> {
                ledger.prepare();
                claim[0] = ledger.claim(connection);
                ledger.sweep(connection);
                KillPoint.reach("postgres.claim.minted");
            });
            epochs.put(connection, claim[0].epoch());
            return claim[0];
        } catch (SQLException | RuntimeException failure) {
            lock.giveBack(connection);
            throw failure;
        }
    }

    /** A stage for a slice, once its table is known to be ours. */
    PostgresStage stage(StreamInfo stream, SliceId slice, WriteMode mode) throws IOException, SQLException {
        requireOpen();
        if (!epochs.containsKey(stream.id().connection())) {
            throw new StateConflict("the connection " + stream.id().connection() + " has not claimed the database");
        }
        table(stream, false);
        if (mode == WriteMode.REPLACE) {
            table(stream, true);
            swapped.remove(stream.id());
        }
        if (lookAt.isEmpty()) {
            String name = stream.id().name();
            lookAt = (schema.equals("public") ? "" : plain(schema) + ".") + plain(name);
        }
        PrivateFiles.directory(spools);
        return new PostgresStage(stream, slice, mode, spool(), this);
    }

    /** Its file loses its name as soon as it is made, so that it goes away with the process, however that ends. */
    private Spool spool() {
        String name = "penstock-" + ProcessHandle.current().pid() + "-"
                + Integer.toHexString(System.identityHashCode(this)) + "-" + ++lastSpool;
        return Spool.later(
                spools.resolve(name),
                file -> PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.DELETE_ON_CLOSE),
                memory);
    }

    private static String plain(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : Sql.name(name);
    }

    private StreamTable table(StreamInfo stream, boolean next) throws SQLException {
        Map<StreamId, StreamTable> known = next ? replacements : tables;
        StreamTable table = known.get(stream.id());
        if (table == null) {
            table = new StreamTable(session, ledger, schema, stream, next);
            known.put(stream.id(), table);
        }
        return table;
    }

    /** Makes rows and cursor of a stage durable in one transaction. */
    Mono<Void> commit(PostgresStage stage, Commit commit) {
        return writer.run(() -> {
            requireOpen();
            try {
                committer.commit(stage, table(stage.stream(), stage.replaces()), commit);
            } catch (SQLException | RuntimeException failure) {
                forgetTables(stage.stream().id());
                throw failure;
            }
        });
    }

    /** After a failure it is not known what became of a table: it is looked at again before the next use. */
    private void forgetTables(StreamId stream) {
        tables.remove(stream);
        replacements.remove(stream);
    }

    /** Puts what this run has committed in the place of all older rows and cursors; done already, it changes nothing. */
    void publish(StreamId id) throws SQLException {
        requireOpen();
        StreamInfo stream = StreamInfo.of(id);
        ConnectionId connection = id.connection();
        Long epoch = epochs.get(connection);
        if (epoch == null) {
            throw new StateConflict("the connection " + connection + " has not claimed the database");
        }
        forgetTables(id);
        session.transaction(() -> {
            ledger.requireEpoch(connection, epoch);
            boolean swap = ledger.isReplacing(id);
            if (swap || !swapped.contains(id)) {
                new StreamTable(session, ledger, schema, stream, true)
                        .replace(new StreamTable(session, ledger, schema, stream, false));
                ledger.publish(id);
                if (swap) {
                    swapped.add(id); // if its answer is lost, the ledger tells the next try that it was made
                }
                KillPoint.reach("postgres.publish.swapped");
            }
        });
        KillPoint.reach("postgres.publish.committed");
    }

    /** Rows that readers see; null if nothing is known of the stream. */
    @Nullable Long rows(StreamId id) throws SQLException {
        requireOpen();
        if (!epochs.containsKey(id.connection()) || ledger.entry(id, false).isEmpty()) {
            return null;
        }
        return new StreamTable(session, ledger, schema, StreamInfo.of(id), false).rows();
    }

    /** Forgets the cursors of the stream. */
    void forget(StreamId id) throws SQLException {
        requireOpen();
        ledger.forget(id);
    }

    /** Gives slices other cursors, all at once. */
    void rewrite(Claim claim, Map<SliceId, Optional<Cursor>> cursors) throws SQLException {
        requireOpen();
        session.transaction(() -> {
            for (Map.Entry<SliceId, Optional<Cursor>> change : cursors.entrySet()) {
                SliceId slice = change.getKey();
                ledger.requireEpoch(slice.stream().connection(), claim.epoch());
                ledger.rewrite(slice, claim.epoch(), change.getValue());
            }
        });
    }

    /** Ends all work and both sessions; what was not committed is gone. */
    void close() {
        spoolers.close();
        writer.later(() -> {
            closed = true;
            session.close();
            lock.close();
        });
        writer.close();
    }
}
