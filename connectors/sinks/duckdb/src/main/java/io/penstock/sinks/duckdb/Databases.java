package io.penstock.sinks.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The files that this process has open, because DuckDB's lock tells processes apart but not two instances in one.
 *
 * <p>Static, because so is what it guards against: two sinks of one process that know nothing of each other would open the file
 * twice, and DuckDB would let them spoil it. It is empty when no sink is open. Safe for concurrent use.
 */
final class Databases {

    private static final Map<Path, Shared> OPEN = new HashMap<>();

    /** A database and how many sinks use it. */
    private static final class Shared {
        private final Database database;
        private int users;

        Shared(Database database) {
            this.database = database;
        }
    }

    private Databases() {}

    /** The database at {@code path}, by whatever name; give it back with {@link #release}. */
    static Database acquire(Path path) throws IOException {
        Path file = canonical(path);
        synchronized (OPEN) {
            Shared shared = OPEN.computeIfAbsent(file, fresh -> new Shared(new Database(fresh)));
            shared.users++;
            return shared.database;
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
    static void release(Database database) {
        synchronized (OPEN) {
            OPEN.entrySet().removeIf(open -> {
                Shared shared = open.getValue();
                boolean last = shared.database == database && --shared.users == 0;
                if (last) {
                    database.close();
                }
                return last;
            });
        }
    }
}
