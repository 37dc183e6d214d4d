package io.penstock.sinks.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The open database files of a process, each once, for as long as somebody uses it. Safe for concurrent use. */
final class Databases {

    private final Map<Path, Database> open = new HashMap<>();

    /** The database of {@code file}; each call needs one {@link #release}. Blocks. */
    synchronized Database acquire(Path file, String memory) {
        Path canonical = canonical(file);
        Database database = open.computeIfAbsent(canonical, path -> Database.open(path, memory));
        database.users++;
        return database;
    }

    /** Closes the database when nobody uses it any more. Blocks. */
    synchronized void release(Database database) {
        if (--database.users == 0) {
            open.remove(database.file());
            database.close();
        }
    }

    private static Path canonical(Path file) {
        try {
            Path folder = Optional.ofNullable(file.getParent()).orElse(file);
            Files.createDirectories(folder);
            return Files.exists(file) ? file.toRealPath() : folder.toRealPath().resolve(file.getFileName());
        } catch (IOException unreachable) {
            throw new UncheckedIOException(unreachable);
        }
    }
}
