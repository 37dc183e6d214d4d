package io.penstock.sinks.files;

import io.penstock.parts.Compression;
import io.penstock.parts.directory.ChannelStream;
import io.penstock.parts.directory.Disk;
import io.penstock.parts.directory.FileTail;
import io.penstock.parts.directory.SpoolFiles;
import io.penstock.sink.PrivateFiles;
import io.penstock.sink.Spool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A data file with the spools of its stages.
 *
 * <p>As long as a file has one stage only, that stage's spool lies right behind the committed bytes, so that a commit copies
 * nothing. When a second stage comes, the first one's spool moves into a file of its own. Confined to the writer thread.
 */
final class OpenFile implements AutoCloseable {

    /** Ending of the file that a replacing run builds. */
    static final String NEXT = ".next";

    private final Path path;
    private final FileChannel channel;
    private final Disk disk;
    private final Compression compression;
    private final List<Spool> spools = new ArrayList<>();

    private OpenFile(Path path, FileChannel channel, Compression compression, Disk disk) {
        this.path = path;
        this.compression = compression;
        this.disk = disk;
        this.channel = channel;
    }

    /** Opens or creates {@code file}, and cuts it to its committed {@code length}. */
    static OpenFile of(Path file, long length, Compression compression, Disk disk) throws IOException {
        PrivateFiles.requirePlain(file);
        FileChannel channel = disk.open(file, StandardOpenOption.CREATE);
        channel.truncate(length);
        return new OpenFile(file, channel, compression, disk);
    }

    /** Opens {@code file} only to be looked at. */
    static OpenFile asItIs(Path file) throws IOException {
        return new OpenFile(file, PrivateFiles.open(file), Compression.NONE, Disk.REAL);
    }

    /** A spool for one more stage. */
    Spool spool(long committed, SpoolFiles files) throws IOException {
        for (Spool other : spools) {
            if (other.isTail()) {
                other.moveTo(files.next());
            }
        }
        Spool spool =
                spools.isEmpty() && compression == Compression.NONE ? files.behind(channel, committed) : files.apart();
        spools.add(spool);
        return spool;
    }

    /**
     * Puts what {@code spool} holds behind the first {@code length} bytes, compressed as a member of its own; not durable before
     * {@link #sync}. Returns the length with it.
     */
    long append(Spool spool, long length) throws IOException {
        if (spool.isTail()) {
            spool.flush();
        } else if (compression == Compression.NONE) {
            spool.copyTo(channel, length);
        } else if (spool.bytes() > 0) {
            ChannelStream out = new ChannelStream(channel, length);
            try (OutputStream member = compression.over(out)) {
                spool.writeTo(member);
            }
            return length + out.count();
        }
        return length + spool.bytes();
    }

    /** Makes what was appended durable. */
    void sync() throws IOException {
        disk.sync(path, channel);
    }

    /** Takes back what lies behind the first {@code length} bytes, as far as the disk lets us. */
    void cut(long length) {
        try {
            channel.truncate(length);
        } catch (IOException leftForTheNextClaim) {
            // The next claim cuts at the committed length too.
        }
    }

    /** Checksum of the last bytes before {@code length}. */
    long tail(long length) throws IOException {
        return FileTail.of(channel, length);
    }

    /** Drops a stage's spool. */
    void release(Spool spool) throws IOException {
        spools.remove(spool);
        if (channel.isOpen() || !spool.isTail()) {
            spool.close();
        }
    }

    @Override
    public void close() throws IOException {
        for (Spool spool : List.copyOf(spools)) {
            release(spool);
        }
        channel.close();
    }
}
