package io.penstock.store;

import io.penstock.error.PenstockException;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.error.StateFailure.StateCorrupt;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A store in one directory, two files a name: the newest revision and the one before.
 *
 * <p>A revision is written beside them, forced to the disk and renamed, so that a kill at any instruction leaves the one
 * before. A damaged newest revision is passed over for the one before; only if neither can be read is the entry corrupt. Files
 * are the owner's alone (0600, the directory 0700) and no symbolic link is followed. Several processes may share a directory:
 * a file lock guards each change.
 */
public final class FileByteStore implements ByteStore, AutoCloseable {

    static final Set<OpenOption> NEW = Set.of(
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            LinkOption.NOFOLLOW_LINKS);

    private final Path directory;
    private final boolean strict;
    private final Scheduler thread = Schedulers.newBoundedElastic(1, 1_000, "penstock-store", 10, true);

    /** Nothing is opened before the first call; {@code directory} is made when something is stored. */
    public FileByteStore(Path directory) {
        this(directory, false);
    }

    private FileByteStore(Path directory, boolean strict) {
        this.directory = directory;
        this.strict = strict;
    }

    /** As {@link #FileByteStore(Path)}, but a damaged revision is never passed over for the one before. */
    static FileByteStore strict(Path directory) {
        return new FileByteStore(directory, true);
    }

    @Override
    public Mono<Stored> read(String name) {
        Names.judge(name);
        return call("reading " + name, () -> newest(name));
    }

    @Override
    public Mono<Long> replace(String name, long expected, byte[] bytes) {
        Names.judge(name);
        return call("storing " + name, () -> {
            Files.createDirectories(directory, mode(directory, "rwx------"));
            try (FileChannel guard = FileChannel.open(directory.resolve(".lock"), NEW, mode(directory, "rw-------"))) {
                guard.lock(); // until the file is closed
                return write(name, expected, bytes);
            } catch (OverlappingFileLockException inThisProcess) {
                throw new StateConflict(
                        "another store of this process is changing " + directory + ": share one", inThisProcess);
            }
        });
    }

    private long write(String name, long expected, byte[] bytes) throws IOException {
        Stored found = newest(name);
        long revision = found == null ? 0 : found.revision();
        if (revision != expected) {
            throw MemoryByteStore.conflict(name, expected, revision);
        }
        Path beside = directory.resolve(name + ".new");
        try (FileChannel file = FileChannel.open(beside, NEW, mode(directory, "rw-------"))) {
            ByteBuffer image = Image.of(new Stored(revision + 1, bytes));
            while (image.hasRemaining()) {
                file.write(image);
            }
            file.force(true);
        }
        Files.move(
                beside, file(name, revision + 1), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
        return revision + 1;
    }

    /** Odd and even revisions have a file each, so that the one before outlives the newest's making. */
    private Path file(String name, long revision) {
        return directory.resolve(name + (revision % 2 == 0 ? ".even" : ".odd"));
    }

    private @Nullable Stored newest(String name) throws IOException {
        Stored newest = null;
        boolean damaged = false;
        for (long parity = 0; parity < 2; parity++) {
            Path file = file(name, parity);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                Stored read = Image.read(bytes(file));
                damaged |= read == null;
                newest = read != null && (newest == null || read.revision() > newest.revision()) ? read : newest;
            }
        }
        if (damaged && (strict || newest == null)) {
            throw new StateCorrupt(
                    (strict ? "a revision of " + name : "neither revision of " + name) + " in " + directory
                            + (strict ? " is damaged" : " can be read") + ": restore " + name + ".odd and " + name
                            + ".even from a backup, or delete both to start without");
        }
        return newest;
    }

    private static byte[] bytes(Path file) throws IOException {
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer all = ByteBuffer.allocate((int) Math.min(open.size(), Image.LARGEST + 1L));
            while (all.hasRemaining() && open.read(all) >= 0) {}
            return all.array();
        }
    }

    static FileAttribute<?>[] mode(Path directory, String permissions) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private <T> Mono<T> call(String doing, Callable<T> work) {
        return Mono.fromCallable(work)
                .onErrorMap(
                        error -> !(error instanceof PenstockException),
                        error -> new StateCorrupt(
                                doing + " in " + directory + " failed: " + error.getMessage()
                                        + "; mend the directory's permissions or free some space",
                                error))
                .subscribeOn(thread);
    }

    /** Ends the store's thread after what it has begun; idempotent, never blocks. */
    @Override
    public void close() {
        thread.disposeGracefully().subscribe();
    }
}
