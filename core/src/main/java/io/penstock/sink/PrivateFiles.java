package io.penstock.sink;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.PenstockException;
import io.penstock.error.SinkFailure.SinkFull;
import io.penstock.error.SinkFailure.SinkPermanent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Files that only their owner can read (mode 0600, directories 0700), for sinks that work with files.
 *
 * <p>No symbolic link is followed. All methods block: call them on the sink's own threads.
 */
public final class PrivateFiles {

    /** How systems word ENOSPC, EDQUOT and EFBIG. */
    private static final List<String> FULL =
            List.of("no space left", "not enough space", "quota exceeded", "file too large");

    private PrivateFiles() {}

    /** Opens {@code file} for reading and writing; {@code options} say whether it is created. */
    public static FileChannel open(Path file, OpenOption... options) throws IOException {
        Set<OpenOption> all = new HashSet<>(List.of(options));
        all.addAll(Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        return FileChannel.open(file, all, mode(file, "rw-------"));
    }

    /** Takes a file that others have made away from everybody but its owner; does nothing if it is not there. */
    public static void keep(Path file) throws IOException {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).size() > 2) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** Makes {@code directory} and those above it that are missing. */
    public static void directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, mode(directory, "rwx------"));
        }
    }

    /** Makes the entries of {@code directory} durable: which files there are, and under which names. */
    public static void sync(Path directory) throws IOException {
        try (FileChannel open = FileChannel.open(directory, StandardOpenOption.READ)) {
            open.force(true);
        }
    }

    /** Deletes the plain files of {@code directory}, if there is one; for what dead runs have left. */
    public static void empty(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /**
     * Refuses a path that is there but is a symbolic link or not a plain file.
     *
     * @throws ConfigError naming the path and what mends it
     */
    public static void requirePlain(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ConfigError("expected a plain file at " + file + ", found "
                    + (Files.isSymbolicLink(file) ? "a symbolic link, which is not followed" : "something else")
                    + "; move it away or choose another path");
        }
    }

    /** Sorts a failure of the file system: no room is {@link SinkFull}, no right {@link ConfigError}, the rest {@link SinkPermanent}. */
    public static PenstockException failure(String doing, IOException cause) {
        String words = String.valueOf(cause.getMessage());
        String lower = words.toLowerCase(Locale.ROOT);
        if (FULL.stream().anyMatch(lower::contains)) {
            return new SinkFull(
                    "no room left on the disk while " + doing + " (" + words + ")"
                            + "; what was committed before stands: free some space and run again",
                    cause);
        }
        if (lower.contains("file too large")) {
            return new SinkFull(
                    "a file may grow no further while " + doing + " (" + words
                            + "); what was committed before stands: raise the limit for files (ulimit -f), or choose another"
                            + " disk, and run again",
                    cause);
        }
        if (cause instanceof AccessDeniedException) {
            return new ConfigError(
                    "no right to read and write while " + doing + ": " + words
                            + "; mend the permissions or choose another path",
                    cause);
        }
        return new SinkPermanent(doing + " failed: " + cause.getClass().getSimpleName() + ": " + words, cause);
    }

    private static FileAttribute<?>[] mode(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
