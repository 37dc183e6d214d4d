package io.penstock.decode;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at a time. */
final class Words {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long SPACES = ' ' * ONES;

    private Words() {}

    /** The eight bytes from {@code at} on, the first of them lowest. */
    static long at(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /**
     * The high bit of the first byte that cannot stand plain in a string: a quote, a backslash, a control character or a byte
     * beyond ASCII; 0 if there is none. Bits above the lowest one mean nothing, because borrows run upwards.
     */
    static long special(long word) {
        return (((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES) | (word - SPACES) | word) & HIGHS;
    }

    /** Which of the eight bytes holds the lowest bit that is set. */
    static int index(long bits) {
        return Long.numberOfTrailingZeros(bits) >>> 3;
    }

    /** Whether the bytes from {@code from} on are those of {@code name}, which has eight or more. */
    static boolean equal(byte[] name, byte[] bytes, int from) {
        int lastWord = name.length - 8;
        for (int i = 0; i < lastWord; i += 8) {
            if (at(name, i) != at(bytes, from + i)) {
                return false;
            }
        }
        return at(name, lastWord) == at(bytes, from + lastWord);
    }

    /** Where the run of spaces from {@code from} on ends. */
    static int afterSpaces(byte[] bytes, int from, int to) {
        int p = from;
        while (p <= to - 8) {
            long other = at(bytes, p) ^ SPACES;
            if (other != 0) {
                return p + index(other);
            }
            p += 8;
        }
        while (p < to && bytes[p] == ' ') {
            p++;
        }
        return p;
    }

    /** Where the first byte that cannot stand plain in a string is, or {@code to}. */
    static int plain(byte[] bytes, int from, int to) {
        int p = from;
        for (; p <= to - 8; p += 8) {
            long special = special(at(bytes, p));
            if (special != 0) {
                return p + index(special);
            }
        }
        while (p < to && bytes[p] >= ' ' && bytes[p] != '"' && bytes[p] != '\\') {
            p++;
        }
        return p;
    }
}
