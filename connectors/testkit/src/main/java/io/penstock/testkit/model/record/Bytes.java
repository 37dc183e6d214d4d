package io.penstock.testkit.model.record;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing run of UTF-8 bytes with the few writers that JSON needs. Not safe for concurrent use.
 *
 * <p>Nothing is escaped: what goes in is JSON already.
 */
public final class Bytes {

    private static final byte[] TRUE = utf8("true");
    private static final byte[] FALSE = utf8("false");

    private byte[] array;
    private int length;

    /**
     * An empty run.
     *
     * @param capacity how many bytes fit before the first growth; at least 16 are taken
     */
    public Bytes(int capacity) {
        this.array = new byte[Math.max(16, capacity)];
    }

    /** The UTF-8 form of {@code text}, for constants. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Appends bytes as they are. */
    public Bytes raw(byte[] bytes) {
        return raw(bytes, 0, bytes.length);
    }

    /** Appends a range of bytes as they are. */
    public Bytes raw(byte[] bytes, int from, int count) {
        reserve(count);
        System.arraycopy(bytes, from, array, length, count);
        length += count;
        return this;
    }

    /** Appends the UTF-8 form of {@code text}; allocates, so not for the inside of records. */
    public Bytes text(String text) {
        return raw(utf8(text));
    }

    /** Appends one ASCII character. */
    public Bytes ascii(char character) {
        reserve(1);
        array[length++] = (byte) character;
        return this;
    }

    /** Appends {@code true} or {@code false}. */
    public Bytes bool(boolean value) {
        return raw(value ? TRUE : FALSE);
    }

    /** Appends a whole number that is not negative. */
    public Bytes number(long value) {
        return padded(value, digits(value));
    }

    /** Appends hundredths as a decimal with exactly two places, such as {@code 1234.50}. */
    public Bytes hundredths(long value) {
        return number(value / 100).ascii('.').padded(value % 100, 2);
    }

    /** Appends a number that is not negative in exactly {@code width} digits, zeros first. */
    public Bytes padded(long value, int width) {
        reserve(width);
        long rest = value;
        int at = length + width - 1;
        for (; rest > Integer.MAX_VALUE && at >= length; at--) {
            array[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        digits((int) rest, length, at);
        length += width;
        return this;
    }

    /** Appends an instant as {@code 2025-03-04T05:06:07.123Z}, without quotes. */
    public Bytes instant(long epochMillis) {
        reserve(24);
        date(epochMillis);
        int ofDay = (int) Math.floorMod(epochMillis, Dates.DAY);
        int at = length;
        array[at] = 'T';
        digits(ofDay / 3_600_000, at + 1, at + 2);
        array[at + 3] = ':';
        digits(ofDay / 60_000 % 60, at + 4, at + 5);
        array[at + 6] = ':';
        digits(ofDay / 1000 % 60, at + 7, at + 8);
        array[at + 9] = '.';
        digits(ofDay % 1000, at + 10, at + 12);
        array[at + 13] = 'Z';
        length = at + 14;
        return this;
    }

    /** Appends the day of an instant as {@code 2025-03-04}, without quotes. */
    public Bytes date(long epochMillis) {
        return raw(Dates.day(epochMillis));
    }

    /** How many bytes there are. */
    public int length() {
        return length;
    }

    /** The bytes' backing array; only the first {@link #length()} bytes count, and later writes may replace it. */
    public byte[] array() {
        return array;
    }

    /** A copy of exactly the bytes written. */
    public byte[] copy() {
        return Arrays.copyOf(array, length);
    }

    /** Forgets what was written and keeps the room. */
    public Bytes clear() {
        length = 0;
        return this;
    }

    /**
     * Writes all bytes to {@code out}.
     *
     * @throws IOException if {@code out} does
     */
    public void writeTo(OutputStream out) throws IOException {
        out.write(array, 0, length);
    }

    @Override
    public String toString() {
        return new String(array, 0, length, StandardCharsets.UTF_8);
    }

    /** Writes a number, right-aligned and with zeros first, into places there is room for. */
    private void digits(int value, int first, int last) {
        int rest = value;
        for (int at = last; at >= first; at--) {
            int tenth = rest / 10; // of an int: three times as fast as of a long
            array[at] = (byte) ('0' + rest - tenth * 10);
            rest = tenth;
        }
    }

    private static int digits(long value) {
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private void reserve(int more) {
        if (array.length - length < more) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, length + more));
        }
    }
}
