package io.penstock.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.SortedSet;

/** Takes single lines of one page out of a file; what is left moves down. Holds a buffer and one line at a time. Not thread-safe. */
final class LineRemoval {

    private static final int BUFFER = 64 << 10;

    private final FileChannel file;
    private final long page;
    private final SortedSet<Long> positions;
    private final List<TakenOut> taken;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long position;
    private long to;

    /**
     * @param positions of the lines to take
     * @param taken gets them
     */
    LineRemoval(FileChannel file, long page, SortedSet<Long> positions, List<TakenOut> taken) {
        this.file = file;
        this.page = page;
        this.positions = positions;
        this.taken = taken;
    }

    /**
     * Goes over {@code bytes} bytes of whole lines.
     *
     * @param from where they lie
     * @param down where those go that stay; not behind {@code from}
     * @param first the position of the first line
     * @return how many bytes stay
     */
    long run(long from, long down, long bytes, long first) throws IOException {
        position = first;
        to = down;
        for (long at = 0; at < bytes; ) {
            byte[] piece = FileBytes.read(file, from + at, (int) Math.min(BUFFER, bytes - at));
            pass(piece);
            at += piece.length;
        }
        return to - down;
    }

    /** Lines that stay are moved together, up to the next one that does not. */
    private void pass(byte[] piece) throws IOException {
        int start = 0;
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] == '\n') {
                boolean goes = positions.contains(position);
                if (goes) {
                    line.write(piece, start, i - start);
                    taken.add(new TakenOut(page, line.toByteArray()));
                    line.reset();
                    start = i + 1;
                } else if (positions.contains(position + 1)) {
                    stay(piece, start, i + 1);
                    start = i + 1;
                }
                position++;
            }
        }
        if (positions.contains(position)) {
            line.write(piece, start, piece.length - start);
        } else {
            stay(piece, start, piece.length);
        }
    }

    private void stay(byte[] piece, int start, int end) throws IOException {
        FileBytes.write(file, ByteBuffer.wrap(piece, start, end - start), to);
        to += end - start;
    }
}
