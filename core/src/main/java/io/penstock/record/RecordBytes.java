package io.penstock.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Records as bytes of one shared array and the bounds of each; no object a record.
 *
 * <p>Each record is one canonical line of JSON in UTF-8: valid, without a line break between its tokens, without a doubled
 * name, without half a surrogate pair. Invariant: the byte behind each record is a line feed, so that a run of neighbours is
 * written as it lies ({@link #runs}).
 *
 * <p>Safe for concurrent use as long as everybody leaves {@link #array()} as it is.
 */
public final class RecordBytes {

    /** No record. */
    public static final RecordBytes EMPTY = new RecordBytes(new byte[0], new int[0], 0, Shape.EMPTY);

    private final byte[] array;
    private final int[] bounds;
    private final int size;
    private final Shape shape;

    private RecordBytes(byte[] array, int[] bounds, int size, Shape shape) {
        this.array = array;
        this.bounds = bounds;
        this.size = size;
        this.shape = shape;
    }

    /**
     * Wraps, without a copy, what a decoder has found.
     *
     * @param array holds the records; not to be changed afterwards
     * @param bounds start and end (exclusive) of each record, in pairs
     * @param size how many records; {@code bounds} may be longer
     * @param shape what fields the records have
     * @throws IllegalArgumentException if a record is not followed by a line feed
     */
    public static RecordBytes wrap(byte[] array, int[] bounds, int size, Shape shape) {
        for (int i = 0; i < size; i++) {
            if (bounds[2 * i + 1] >= array.length || array[bounds[2 * i + 1]] != '\n') {
                throw new IllegalArgumentException("record " + i + " is not followed by a line feed");
            }
        }
        return new RecordBytes(array, bounds, size, shape);
    }

    /** Copies single lines into one batch; for small amounts, tests above all. */
    public static RecordBytes ofLines(Shape shape, String... lines) {
        byte[] array = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        int[] bounds = new int[2 * lines.length];
        int start = 0;
        for (int i = 0; i < lines.length; i++) {
            int end = start + lines[i].getBytes(StandardCharsets.UTF_8).length;
            bounds[2 * i] = start;
            bounds[2 * i + 1] = end;
            start = end + 1;
        }
        return wrap(array, bounds, lines.length, shape);
    }

    /** How many records. */
    public int size() {
        return size;
    }

    /** The shared array; read only. */
    public byte[] array() {
        return array;
    }

    /** Where record {@code i} starts in {@link #array()}. */
    public int start(int i) {
        return bounds[2 * i];
    }

    /** Where record {@code i} ends, exclusive; the line feed stands there. */
    public int end(int i) {
        return bounds[2 * i + 1];
    }

    /** Record {@code i} as a copy, without its line feed. */
    public byte[] copy(int i) {
        return Arrays.copyOfRange(array, start(i), end(i));
    }

    /** Record {@code i} as text, without its line feed. */
    public String text(int i) {
        return new String(array, start(i), end(i) - start(i), StandardCharsets.UTF_8);
    }

    /** The bytes of all records with their line feeds. */
    public long byteCount() {
        long bytes = 0;
        for (int i = 0; i < size; i++) {
            bytes += end(i) - start(i) + 1;
        }
        return bytes;
    }

    /** What fields the records have. */
    public Shape shape() {
        return shape;
    }

    /** Hands {@code writer} the records with their line feeds, neighbours in one piece, in order. */
    public void runs(Run writer) throws IOException {
        int i = 0;
        while (i < size) {
            int from = start(i);
            int to = end(i) + 1;
            i++;
            while (i < size && start(i) == to) {
                to = end(i) + 1;
                i++;
            }
            writer.write(array, from, to - from);
        }
    }

    /** Takes a run of whole lines. */
    @FunctionalInterface
    public interface Run {
        /** Takes {@code length} bytes of {@code array} from {@code offset} on, before it returns. */
        void write(byte[] array, int offset, int length) throws IOException;
    }
}
