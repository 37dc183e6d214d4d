package io.penstock.parts.directory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** Checksum of the end of a file, which tells our file from another one of the same length. */
public final class FileTail {

    private static final int LENGTH = 4 << 10;

    private FileTail() {}

    /** Checksum of the last bytes before {@code length}, of 4 KiB at most. */
    public static long of(FileChannel file, long length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LENGTH, length));
        while (bytes.hasRemaining() && file.read(bytes, length - bytes.capacity() + bytes.position()) >= 0) {
            // until the buffer is full or the file ends
        }
        CRC32C sum = new CRC32C();
        sum.update(bytes.flip());
        return sum.getValue();
    }
}
