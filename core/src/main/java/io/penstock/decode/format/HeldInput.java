package io.penstock.decode.format;

import java.util.Arrays;

/** The bytes of a document that have come and are not used up. For one thread at a time. */
final class HeldInput {

    private static final byte[] NOTHING = new byte[0];

    private byte[] array = NOTHING;
    private int end;
    private long before;

    /** Takes a piece; the array is this one's from now on. */
    void add(byte[] piece) {
        if (end == 0) {
            array = piece;
            end = piece.length;
            return;
        }
        if (array.length - end < piece.length) {
            array = Arrays.copyOf(array, Math.max(2 * end, end + piece.length));
        }
        System.arraycopy(piece, 0, array, end, piece.length);
        end += piece.length;
    }

    byte[] array() {
        return array;
    }

    /** How many bytes of {@link #array} are held, from its start on. */
    int length() {
        return end;
    }

    /** How many bytes of the document lie before the first one held. */
    long before() {
        return before;
    }

    /** Forgets the first {@code count} bytes. */
    void drop(int count) {
        System.arraycopy(array, count, array, 0, end - count);
        end -= count;
        before += count;
        array = end == 0 ? NOTHING : array;
    }
}
