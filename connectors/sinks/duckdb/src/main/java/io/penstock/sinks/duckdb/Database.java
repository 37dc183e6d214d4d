package io.penstock.sinks.duckdb;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.StateFailure.SinkRegressed;
import io.penstock.error.StateFailure.StateConflict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;

import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBDriver;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** One open database file and the only thread that writes it. */
final class Database {

    private static final int HEADER = 12;
    private static final int PATIENCE_SECONDS = 30;

    private final Path file;
    private final Connection connection;
    private final ExecutorService thread;
    private final Scheduler writer;
    private final Object identity;
    private final Set<String> claimed = ConcurrentHashMap.newKeySet();

    /** How many sinks use it; guarded by {@link Databases}. */
    int users;

    private Database(Path file, Connection connection) throws IOException {
        this.file = file;
        this.connection = connection;
        this.identity = identity(file);
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread named = new Thread(work, "penstock-duckdb-writer");
            named.setDaemon(true);
            return named;
        });
        this.writer = Schedulers.fromExecutorService(thread);
    }

    static Database open(Path file, String memory) {
        requireDatabase(file);
        Properties settings = new Properties();
        settings.setProperty("memory_limit", memory);
        try {
            Connection connection = new DuckDBDriver().connect("jdbc:duckdb:" + file, settings);
            try {
                Database database = new Database(file, connection);
                StateTable.create(connection);
                return database;
            } catch (SQLException | IOException | RuntimeException failed) {
                connection.close();
                throw failed;
            }
        } catch (SQLException refused) {
            throw SqlFailures.of("cannot open " + file, refused);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** A file that something else wrote is never touched. */
    private static void requireDatabase(Path file) {
        try {
            if (!Files.exists(file)) {
                return;
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] head = in.readNBytes(HEADER);
                boolean magic =
                        head.length == HEADER && new String(head, 8, 4, StandardCharsets.US_ASCII).equals("DUCK");
                if (!magic) {
                    throw new ConfigError(
                            file + " exists but is not a DuckDB database, and is left as it is: choose another"
                                    + " path, or move it away");
                }
            }
        } catch (IOException unreadable) {
            throw new ConfigError(file + " cannot be read: check the path and its rights", unreadable);
        }
    }

    private static Object identity(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return Objects.requireNonNullElse(key, file);
    }

    /** Throws if the path no longer leads to the file that was opened: what is written would be lost. */
    void requireSameFile() {
        try {
            if (identity(file).equals(identity)) {
                return;
            }
        } catch (IOException gone) {
            throw new SinkRegressed(
                    file + " was removed while it was being written: stop whatever does that and run again", gone);
        }
        throw new SinkRegressed(
                file + " was replaced while it was being written: stop whatever does that and run again");
    }

    /** Takes a connection's data for one run. On the writer's thread. */
    void claim(String name) {
        if (!claimed.add(name)) {
            throw new StateConflict("the connection " + name + " is being written to " + file
                    + " by another run of this process: wait for its end");
        }
    }

    void unclaim(String name) {
        claimed.remove(name);
    }

    Path file() {
        return file;
    }

    /** Where stages spool; private to this file. */
    Path spools() {
        return file.resolveSibling(file.getFileName() + ".penstock");
    }

    /** For the writer's thread only. */
    Connection connection() {
        return connection;
    }

    /** Runs one thing after the other. */
    Scheduler writer() {
        return writer;
    }

    /** Waits for what was begun and closes the file. */
    void close() {
        try {
            thread.shutdown();
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
            connection.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (SQLException failed) {
            throw SqlFailures.of("cannot close " + file, failed);
        }
    }
}
