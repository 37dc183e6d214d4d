package io.penstock.sinks.duckdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.stream.Stream;

/** The folder beside a database in which stages spool: private, one for each connection, empty between runs. */
final class Spools {

    private Spools() {}

    /** The folder of a connection, made if needed; its name is free of whatever a connection's name may hold. */
    static Path folder(Path spools, String connection) {
        Path folder = path(spools, connection);
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path path(Path spools, String connection) {
        return spools.resolve(HexFormat.of()
                .formatHex(
                        connection.getBytes(StandardCharsets.UTF_8),
                        0,
                        Math.min(60, connection.getBytes(StandardCharsets.UTF_8).length)));
    }

    /** Removes what a dead run has left. */
    static void sweep(Path spools, String connection) {
        Path folder = path(spools, connection);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> orphans = Files.list(folder)) {
            orphans.forEach(Spools::delete);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Removes the folder and those of its connections that are empty. */
    static void deleteIfEmpty(Path spools) {
        if (!Files.isDirectory(spools)) {
            return;
        }
        try (Stream<Path> folders = Files.list(spools)) {
            for (Path folder : folders.toList()) {
                deleteEmpty(folder);
            }
            deleteEmpty(spools);
        } catch (IOException inUse) {
            throw new UncheckedIOException(inUse);
        }
    }

    private static void deleteEmpty(Path folder) throws IOException {
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException | NoSuchFileException stillNeeded) {
            // another run of this process spools here, or has just removed it
        }
    }
}
