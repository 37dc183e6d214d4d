package io.penstock.parts.directory;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes into a file from a position on; closing it leaves the file open. For one thread. */
public final class ChannelStream extends OutputStream {

    private final FileChannel file;
    private final long from;
    private long count;

    /** Writes into {@code file} behind its first {@code from} bytes. */
    public ChannelStream(FileChannel file, long from) {
        this.file = file;
        this.from = from;
    }

    /** How many bytes were written. */
    public long count() {
        return count;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length); rest.hasRemaining(); ) {
            count += file.write(rest, from + count);
        }
    }
}
