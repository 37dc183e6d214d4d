package io.penstock.sinks.duckdb;

import io.penstock.columns.Session;
import io.penstock.columns.Sql;
import io.penstock.columns.SqlFailures;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.StateFailure.SinkRegressed;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.ConnectionId;
import io.penstock.sink.PrivateFiles;
import io.penstock.sink.SinkThreads;
import io.penstock.sink.Spool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * One DuckDB file of this process: one instance, one writer thread, shared by all sinks on it.
 *
 * <p>The files that are open are kept in a static map, because what it guards against is as wide as the process: DuckDB's lock
 * tells processes apart but not two instances in one, and would let two sinks that know nothing of each other spoil the file. The
 * map is empty when no sink is open.
 *
 * <p>Everything but {@link #writer()} and {@link #spoolers()} is confined to the writer thread.
 */
final class Database {

    private static final int QUEUE = 100_000;

    private static final Map<Path, Database> OPEN = new HashMap<>();

    private final Path file;
    private final Path spools;
    private final SinkThreads writer;
    private final SinkThreads spoolers;
    private final Set<String> claimed = new HashSet<>();
    private @Nullable Session session;
    private @Nullable Object identity;
    private long lastSpool;
    private int users; // guarded by OPEN

    /** The database at {@code path}, by whatever name; give it back with {@link #release}. */
    static Database acquire(Path path) throws IOException {
        Path file = canonical(path);
        synchronized (OPEN) {
            Database shared = OPEN.computeIfAbsent(file, Database::new);
            shared.users++;
            return shared;
        }
    }

    private static Path canonical(Path path) throws IOException {
        if (Files.exists(path)) {
            return path.toRealPath();
        }
        Path parent = path.getParent();
        return parent != null && Files.isDirectory(parent) ? parent.toRealPath().resolve(path.getFileName()) : path;
    }

    /** Lets go; the last one closes the file. May block for a moment. */
    void release() {
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(file);
                close();
            }
        }
    }

    private Database(Path file) {
        this.file = file;
        this.spools = file.resolveSibling(file.getFileName() + ".penstock");
        this.writer = new SinkThreads("penstock-duckdb-commit", 1, QUEUE, failure -> SqlFailures.sorted(file, failure));
        this.spoolers = new SinkThreads(
                "penstock-duckdb-spool",
                Math.min(4, Runtime.getRuntime().availableProcessors()),
                QUEUE,
                failure -> SqlFailures.sorted(file, failure));
    }

    /** The one thread that talks to DuckDB. */
    SinkThreads writer() {
        return writer;
    }

    /** The threads that write spools. */
    SinkThreads spoolers() {
        return spoolers;
    }

    /**
     * Proves, without opening it, that {@code file} is a DuckDB file or can be made.
     *
     * @throws ConfigError naming what is there instead
     */
    static void check(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new ConfigError("expected a DuckDB file at " + file + ", found a directory: choose another path");
        }
        if (!Files.exists(file)) {
            Path log = log(file);
            if (Files.exists(log)) {
                throw new ConfigError(
                        "found the log " + log + " without its database: restore " + file + " or move the log away");
            }
            Path nearest = file.getParent();
            while (nearest != null && !Files.exists(nearest)) {
                nearest = nearest.getParent();
            }
            if (nearest == null || !Files.isDirectory(nearest) || !Files.isWritable(nearest)) {
                throw new ConfigError("cannot write to " + nearest + ": mend its permissions or choose another path");
            }
        } else if (!Files.isWritable(file)) {
            throw new ConfigError("cannot write to " + file + ": mend its permissions or choose another path");
        } else if (Files.size(file) > 0 && !isDuckDb(file)) {
            throw new ConfigError("expected a DuckDB file at " + file
                    + ", found an output file that is not ours: choose another" + " path or move it");
        }
    }

    /** A DuckDB file has the letters DUCK behind its first checksum. */
    private static boolean isDuckDb(Path file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(12);
        try (FileChannel channel = FileChannel.open(file)) {
            while (start.hasRemaining() && channel.read(start) >= 0) {
                // until twelve bytes are there or the file ends
            }
        }
        return start.position() == 12
                && start.get(8) == 'D'
                && start.get(9) == 'U'
                && start.get(10) == 'C'
                && start.get(11) == 'K';
    }

    /** The session, opened at its first use. */
    Session session(String memoryLimit) throws IOException, SQLException {
        Session open = session;
        if (open == null) {
            check(file);
            PrivateFiles.directory(Objects.requireNonNull(file.getParent()));
            boolean fresh = !Files.exists(file);
            open = new Session(new DuckDBDriver().connect("jdbc:duckdb:" + file, new Properties()), log(file));
            try {
                if (fresh) {
                    PrivateFiles.keep(file); // DuckDB makes it for everybody to read
                }
                PrivateFiles.directory(spools);
                PrivateFiles.empty(spools);
                open.execute("SET memory_limit = " + Sql.text(memoryLimit));
                open.execute("SET temp_directory = "
                        + Sql.text(spools.resolve("temp").toString()));
                open.execute("SET autoinstall_known_extensions = false");
                open.execute("SET TimeZone = 'UTC'");
                identity = fileKey();
            } catch (IOException | SQLException | RuntimeException failure) {
                open.close();
                throw failure;
            }
            session = open;
        }
        return open;
    }

    /** Gives {@code connection}, writing to {@code schema}, to one sink alone. */
    void take(ConnectionId connection, String schema) {
        if (!claimed.add(schema + "\0" + connection.name())) {
            throw new StateConflict("the connection " + connection + " is already being written to " + file
                    + ": wait for the end of that run, or choose another path");
        }
    }

    /** Takes it back. */
    void giveBack(ConnectionId connection, String schema) {
        claimed.remove(schema + "\0" + connection.name());
    }

    /**
     * Proves that the path still leads to the file that is open.
     *
     * @throws SinkRegressed if it was deleted or replaced
     */
    void requireSameFile() throws IOException {
        if (!Files.exists(file) || !Objects.equals(identity, fileKey())) {
            throw new SinkRegressed(
                    "the database " + file + " was deleted or replaced while this run was writing: what it"
                            + " wrote is in the old file; put that back, or run again to write to the new one");
        }
    }

    private @Nullable Object fileKey() throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static Path log(Path file) {
        return file.resolveSibling(file.getFileName() + ".wal");
    }

    /** A new spool. */
    Spool spool() throws IOException {
        return Spool.in(nextFile());
    }

    /** The name of a new private file. */
    Path nextFile() {
        return spools.resolve(++lastSpool + ".ndjson");
    }

    /** Ends all work and lets go of the file. */
    private void close() {
        spoolers.close();
        writer.later(() -> {
            Session open = session;
            if (open != null) {
                session = null;
                open.close();
                PrivateFiles.empty(spools);
                Files.deleteIfExists(spools.resolve("temp"));
                Files.deleteIfExists(spools);
            }
        });
        writer.close();
    }
}
