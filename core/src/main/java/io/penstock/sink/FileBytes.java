package io.penstock.sink;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Whole stretches of a file, where one call of a channel may do only a part. */
final class FileBytes {

    private static final int BUFFER = 64 << 10;

    private FileBytes() {}

    /** The {@code count} bytes from position {@code at} on. */
    static byte[] read(FileChannel file, long at, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        fill(file, bytes, at);
        return bytes.array();
    }

    private static void fill(FileChannel file, ByteBuffer bytes, long at) throws IOException {
        while (bytes.hasRemaining()) {
            if (file.read(bytes, at + bytes.position()) < 0) {
                throw new EOFException("a spool was cut by somebody else");
            }
        }
    }

    /** Writes all that remains in {@code bytes} to position {@code at}. */
    static void write(FileChannel file, ByteBuffer bytes, long at) throws IOException {
        for (long to = at; bytes.hasRemaining(); ) {
            to += file.write(bytes, to);
        }
    }

    /** Moves {@code count} bytes down, from {@code from} to {@code to}. */
    static void move(FileChannel file, long from, long to, long count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, count));
        for (long done = 0; done < count; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), count - done));
            fill(file, buffer, from + done);
            buffer.flip();
            done += buffer.remaining();
            write(file, buffer, to + done - buffer.limit());
        }
    }
}
