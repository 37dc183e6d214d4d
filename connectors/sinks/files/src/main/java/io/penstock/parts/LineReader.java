package io.penstock.parts;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the lines of a file one by one; nothing is copied that fits its buffer. For one thread. */
public final class LineReader implements Closeable {

    private final InputStream in;
    private byte[] buffer = new byte[64 << 10];
    private int start;
    private int end;
    private int filled;

    /** The lines of {@code file}. */
    public LineReader(Path file) throws IOException {
        this.in = Files.newInputStream(file);
    }

    /** Goes to the next line; false if there is none. */
    public boolean next() throws IOException {
        start = end;
        for (int at = start; ; at++) {
            if (at == filled) {
                int before = start;
                if (!fill()) {
                    end = filled;
                    return end > start;
                }
                at -= before - start;
            }
            if (buffer[at] == '\n') {
                end = at + 1;
                return true;
            }
        }
    }

    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            filled -= start;
            end -= start;
            start = 0;
        } else if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        filled += Math.max(0, read);
        return read > 0;
    }

    /** Holds the line; its other bytes mean nothing, and it is another array or has other bytes after {@link #next}. */
    public byte[] array() {
        return buffer;
    }

    /** Where the line starts. */
    public int start() {
        return start;
    }

    /** How many bytes it has, with its line feed. */
    public int length() {
        return end - start;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
