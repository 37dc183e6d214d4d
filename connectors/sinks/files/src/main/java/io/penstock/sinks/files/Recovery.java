package io.penstock.sinks.files;

import io.penstock.error.StateFailure.SinkRegressed;
import io.penstock.parts.directory.Disk;
import io.penstock.sink.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Brings the files of a directory back to what its state says; first judges all of them, then changes the first. */
final class Recovery {

    private final Path root;
    private final Disk disk;

    Recovery(Path root, Disk disk) {
        this.disk = disk;
        this.root = root;
    }

    /**
     * Finishes decided replacements, drops undecided ones and cuts off what was not committed.
     *
     * @throws SinkRegressed if a file holds less than was committed, or other bytes; nothing was changed then
     */
    DirectoryState recover(DirectoryState state) throws IOException {
        for (StreamState stream : state.streams().values()) {
            judge(stream);
        }
        DirectoryState whole = state;
        for (StreamState stream : state.streams().values()) {
            whole = whole.with(mend(stream));
        }
        disk.syncEntries(root);
        return whole;
    }

    private void judge(StreamState stream) throws IOException {
        Path file = root.resolve(stream.file());
        Path next = next(stream);
        PrivateFiles.requirePlain(file);
        PrivateFiles.requirePlain(next);
        if (!stream.swapping()) {
            judge(file, stream.current());
        } else {
            judge(Files.exists(next, LinkOption.NOFOLLOW_LINKS) ? next : file, stream.generation(true));
        }
    }

    private static void judge(Path file, Generation committed) throws IOException {
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (size < committed.length()) {
            throw regressed(file, committed.length() + " committed bytes", size + " bytes");
        }
        if (committed.length() > 0) {
            try (OpenFile data = OpenFile.asItIs(file)) {
                if (data.tail(committed.length()) != committed.tail()) {
                    throw regressed(file, "the lines that were committed", "other ones");
                }
            }
        }
    }

    private static SinkRegressed regressed(Path file, String expected, String found) {
        return new SinkRegressed("expected " + expected + " in " + file + ", found " + found
                + ": put the file back as it was, or move the whole directory " + file.getParent()
                + " away to read everything again");
    }

    private StreamState mend(StreamState stream) throws IOException {
        Path file = root.resolve(stream.file());
        Path next = next(stream);
        StreamState whole;
        if (stream.swapping()) {
            if (Files.exists(next)) {
                disk.rename(next, file);
            }
            whole = stream.swapped();
        } else {
            Files.deleteIfExists(next);
            whole = stream.withNext(Optional.empty());
        }
        if (Files.exists(file) && Files.size(file) > whole.current().length()) {
            try (FileChannel data = disk.open(file)) {
                data.truncate(whole.current().length());
                disk.sync(file, data);
            }
        }
        return whole;
    }

    private Path next(StreamState stream) {
        return root.resolve(stream.file() + OpenFile.NEXT);
    }
}
