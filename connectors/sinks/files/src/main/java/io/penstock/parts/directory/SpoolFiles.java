package io.penstock.parts.directory;

import io.penstock.record.HeldBytes;
import io.penstock.sink.Spool;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes the spools of one run, and numbers their files. Confined to the writer thread. */
public final class SpoolFiles {

    /** The share of the heap that small spools may fill before they go to files. */
    private static final double SHARE = 0.03;

    private final Path directory;
    private final Disk disk;
    private final HeldBytes memory = HeldBytes.ofHeap(SHARE);
    private long last;

    /** Files in {@code directory}. */
    public SpoolFiles(Path directory, Disk disk) {
        this.directory = directory;
        this.disk = disk;
    }

    /** A spool behind the first {@code base} bytes of a data file. */
    public Spool behind(FileChannel data, long base) {
        return Spool.behind(data, base, this::make, memory);
    }

    /** A spool that gets a file of its own when it has grown. */
    public Spool apart() {
        return Spool.later(next(), this::make, memory);
    }

    /** The name of the next file. */
    public Path next() {
        return directory.resolve(++last + ".jsonl");
    }

    private FileChannel make(Path file) throws IOException {
        return disk.open(file, StandardOpenOption.CREATE_NEW);
    }
}
