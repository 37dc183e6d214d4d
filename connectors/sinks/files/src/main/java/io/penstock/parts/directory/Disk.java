package io.penstock.parts.directory;

import io.penstock.sink.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The steps of a commit that a disk may refuse; a test puts a disk in this place that fails when it is told to. */
public interface Disk {

    /** The real one. */
    Disk REAL = new Disk() {};

    /** Opens a private file for reading and writing; {@code options} say whether it is made. */
    default FileChannel open(Path file, OpenOption... options) throws IOException {
        return PrivateFiles.open(file, options);
    }

    /** Makes the bytes of a file durable. Never to be called again on a file where it has failed. */
    default void sync(Path file, FileChannel open) throws IOException {
        open.force(false);
    }

    /** Makes the entries of a directory durable. */
    default void syncEntries(Path directory) throws IOException {
        PrivateFiles.sync(directory);
    }

    /** Gives a file another name in one step, in the place of whatever has that name. */
    default void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
