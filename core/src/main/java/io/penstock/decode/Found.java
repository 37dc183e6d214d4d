package io.penstock.decode;

import io.penstock.decode.Decoders.TextRepair;
import io.penstock.record.RecordBytes;
import io.penstock.record.Shape;
import java.util.Arrays;

/** The records that were found in the bytes at hand, and what must be rewritten of them. */
final class Found {

    /** A line feed stands between tokens. */
    static final int LINE_FEED = 1;
    /** A carriage return stands between tokens. */
    static final int CARRIAGE_RETURN = 2;
    /** A name may be doubled. */
    static final int DOUBLED = 4;
    /** Half a surrogate pair stands in a string. */
    static final int HALF_PAIR = 8;

    private static final int[] NONE = new int[0];
    private static final int FEW = 16;

    private final Where where;
    private final TextRepair repair;
    private final Rewriter rewriter = new Rewriter();
    private int[] bounds = NONE;
    private int[] marked = NONE;
    private int size;
    private int marks;
    private int likely = FEW;
    private long repairsBefore;

    Found(Where where, TextRepair repair) {
        this.where = where;
        this.repair = repair;
    }

    /** Another document begins. */
    void reset() {
        size = 0;
        marks = 0;
        repairsBefore = rewriter.repairs();
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** How many halves of surrogate pairs were replaced so far. */
    long repairs() {
        return rewriter.repairs() - repairsBefore;
    }

    /** Adds a record; {@code flags} says why it may not be one canonical line, 0 if it is. */
    void add(int from, int to, int flags) {
        if (2 * size == bounds.length) {
            bounds = Arrays.copyOf(bounds, Math.max(likely, 2 * bounds.length));
        }
        bounds[2 * size] = from;
        bounds[2 * size + 1] = to;
        if (flags != 0) {
            mark(flags);
        }
        size++;
    }

    private void mark(int flags) {
        if ((flags & HALF_PAIR) != 0 && repair == TextRepair.REJECT) {
            throw where.rejected(bounds[2 * size], "a string has half a surrogate pair, and text_repair is reject");
        }
        if (2 * marks == marked.length) {
            marked = Arrays.copyOf(marked, Math.max(16, 2 * marked.length));
        }
        marked[2 * marks] = size;
        marked[2 * marks++ + 1] = flags;
    }

    /** The records as lines, in the array they were found in if it has room behind the last; starts anew. */
    RecordBytes take(byte[] array, Shape shape) {
        if (size == 0) {
            return RecordBytes.EMPTY;
        }
        rewrite(array);
        byte[] lines = bounds[2 * size - 1] < array.length ? array : Arrays.copyOf(array, array.length + 1);
        for (int i = 0; i < size; i++) {
            lines[bounds[2 * i + 1]] = '\n';
        }
        RecordBytes records = RecordBytes.wrap(lines, bounds, size, shape);
        bounds = NONE;
        likely = Math.max(FEW, 2 * size + 2); // pages of one walk are of one size
        size = 0;
        marks = 0;
        return records;
    }

    /** A rewritten record is never longer than it was, so it moves up to the one before and stays in the array. */
    private void rewrite(byte[] array) {
        for (int m = 0; m < marks; m++) {
            int i = marked[2 * m];
            int from = bounds[2 * i];
            int to = i == 0 ? from : bounds[2 * i - 1] + 1;
            int end = rewriter.rewrite(array, from, bounds[2 * i + 1], to, marked[2 * m + 1]);
            if (end >= 0) {
                bounds[2 * i] = to;
                bounds[2 * i + 1] = end;
            }
        }
    }
}
