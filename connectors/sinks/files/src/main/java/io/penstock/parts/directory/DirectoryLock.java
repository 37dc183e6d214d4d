package io.penstock.parts.directory;

import io.penstock.error.StateFailure.StateConflict;
import io.penstock.sink.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's lock on a directory: it ends with the process, however that ends.
 *
 * <p>Inside one process a list of the locked directories comes first, because closing any handle of a locked file gives the
 * process's lock away.
 */
public final class DirectoryLock implements AutoCloseable {

    /** Static, as the thing it mirrors: the operating system keeps one list of file locks for each process, whoever took them. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    /** Channels that must never be closed, not even by the garbage collector, because that would give away somebody else's lock. */
    private static final Queue<FileChannel> KEPT = new ConcurrentLinkedQueue<>();

    private final Path file;
    private final FileChannel channel;
    private final @Nullable Object identity;

    private DirectoryLock(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.identity = identity(file);
    }

    /**
     * Takes the lock.
     *
     * @param file the lock file, under a real path
     * @throws StateConflict if another run holds it
     */
    public static DirectoryLock take(Path file) throws IOException {
        if (!HELD.add(file)) {
            throw taken(file, "another run in this same process");
        }
        try {
            PrivateFiles.requirePlain(file);
            return new DirectoryLock(file, locked(file));
        } catch (IOException | RuntimeException failure) {
            HELD.remove(file);
            throw failure;
        }
    }

    private static FileChannel locked(Path file) throws IOException {
        FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException elsewhere) {
            KEPT.add(channel);
            throw taken(file, "this same process, loaded by another class loader");
        }
        if (lock == null) {
            String owner = Files.readString(file, StandardCharsets.US_ASCII).strip();
            channel.close();
            throw taken(file, "process " + owner);
        }
        String pid = ProcessHandle.current().pid() + "\n";
        channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
        return channel;
    }

    private static StateConflict taken(Path file, String owner) {
        return new StateConflict("another run is writing to "
                + Objects.requireNonNull(file.getParent()).getParent() + " (" + owner
                + "): wait for its end, stop it, or choose another path");
    }

    /**
     * Proves that the lock file is still the one that was locked.
     *
     * @throws StateConflict if somebody has removed or replaced it
     */
    public void requireHeld() throws IOException {
        if (!Files.exists(file) || !Objects.equals(identity, identity(file))) {
            throw new StateConflict(
                    "the lock " + file + " was removed or replaced while this run was writing: nothing more is"
                            + " committed; see that only one run writes here, and run again");
        }
    }

    private static @Nullable Object identity(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(file);
        }
    }
}
