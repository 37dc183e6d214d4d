package io.penstock.store;

import io.penstock.error.StateFailure.StateCorrupt;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The operating system's lock of one file: it dies with its process. */
final class FileTurn implements Turn {

    private final Path directory;
    private final Path file;
    private @Nullable FileChannel open;
    private boolean over;

    FileTurn(Path directory, String name) {
        this.directory = directory;
        this.file = directory.resolve(name + ".lock");
    }

    @Override
    public synchronized boolean take() {
        if (over) {
            return false;
        }
        FileChannel channel = null;
        try {
            Files.createDirectories(directory, FileByteStore.mode(directory, "rwx------"));
            channel = FileChannel.open(file, FileByteStore.NEW, FileByteStore.mode(directory, "rw-------"));
            if (channel.tryLock() != null) {
                open = channel;
                channel = null;
            }
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        } catch (IOException unusable) {
            throw new StateCorrupt(
                    "locking " + file + " failed: " + unusable.getMessage() + "; mend the directory's permissions",
                    unusable);
        } finally {
            close(channel);
        }
        return open != null;
    }

    @Override
    public synchronized void giveUp() {
        over = true;
        close(open);
        open = null;
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException gone) {
                return; // the lock is gone with it
            }
        }
    }
}
