package io.penstock.sinks.postgres;

import io.penstock.sinks.postgres.Columns.Column;
import io.penstock.sinks.postgres.CopyRows.DoesNotFit;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.copy.CopyIn;

/**
 * Writes values in the text format of COPY, straight from the bytes of their JSON.
 *
 * <p>In that format a backslash begins an escape, a tab ends a value and a line feed ends a row. For one thread.
 */
final class CopyText {

    private static final int FULL = 64 << 10;

    private final CopyIn to;
    private byte[] out = new byte[2 * FULL];
    private int length;

    CopyText(CopyIn to) {
        this.to = to;
    }

    /** Ends a value. */
    void next() {
        put((byte) '\t');
    }

    /** Ends a row. */
    void end() throws SQLException {
        put((byte) '\n');
        if (length >= FULL) {
            flush();
        }
    }

    /** Hands everything to the server. */
    void flush() throws SQLException {
        to.writeToCopy(out, 0, length);
        length = 0;
    }

    /** No value. */
    void none() {
        put((byte) '\\');
        put((byte) 'N');
    }

    /** A number, or a word without anything to escape. */
    void plain(byte[] bytes, int from, int to) {
        room(to - from);
        System.arraycopy(bytes, from, out, length, to - from);
        length += to - from;
    }

    /** A number. */
    void number(long number) {
        byte[] digits = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
        plain(digits, 0, digits.length);
    }

    /**
     * JSON as it is.
     *
     * @throws DoesNotFit if the column cannot hold it so
     */
    void json(Column column, byte[] bytes, int from, int to) {
        room(2 * (to - from));
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '\\') {
                if (column.type() != ColumnType.JSON && isNul(bytes, i)) {
                    throw new DoesNotFit(column, ColumnType.JSON);
                }
                doubled(b);
                i++;
                b = bytes[i];
            }
            escaped(b);
        }
    }

    /** Writes a byte that may mean something to COPY; there is room for it. */
    private void escaped(byte b) {
        switch (b) {
            case '\\' -> doubled(b);
            case '\t' -> letter('t');
            case '\n' -> letter('n');
            case '\r' -> letter('r');
            default -> out[length++] = b;
        }
    }

    private void doubled(byte b) {
        out[length++] = b;
        out[length++] = b;
    }

    private void letter(char letter) {
        out[length++] = '\\';
        out[length++] = (byte) letter;
    }

    private static boolean isNul(byte[] bytes, int at) {
        return bytes[at + 1] == 'u' && hex(bytes, at + 2) == 0;
    }

    /**
     * The text of a JSON string, given without its quotes.
     *
     * @throws DoesNotFit if it holds U+0000
     */
    void text(Column column, byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int escape = at;
            while (escape < to && bytes[escape] != '\\') {
                escape++;
            }
            plain(bytes, at, escape);
            at = escape < to ? unescaped(column, bytes, escape) : to;
        }
    }

    /** Writes what the escape at {@code at} stands for, and gives its end. */
    private int unescaped(Column column, byte[] bytes, int at) {
        room(8);
        byte kind = bytes[at + 1];
        switch (kind) {
            case 'u' -> {
                return unicode(column, bytes, at);
            }
            case 'b', 'f', 'n', 'r', 't' -> letter((char) kind);
            default -> escaped(kind);
        }
        return at + 2;
    }

    private int unicode(Column column, byte[] bytes, int at) {
        int code = hex(bytes, at + 2);
        if (code == 0) {
            throw new DoesNotFit(column, ColumnType.JSON);
        }
        int end = at + 6;
        if (Character.isHighSurrogate((char) code)) {
            code = Character.toCodePoint((char) code, (char) hex(bytes, at + 8));
            end = at + 12;
        }
        if (code < 0x80) {
            escaped((byte) code);
        } else {
            byte[] encoded = Character.toString(code).getBytes(StandardCharsets.UTF_8);
            plain(encoded, 0, encoded.length);
        }
        return end;
    }

    private static int hex(byte[] bytes, int at) {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            code = 16 * code + Character.digit(bytes[at + i], 16);
        }
        return code;
    }

    private void put(byte b) {
        room(1);
        out[length++] = b;
    }

    private void room(int more) {
        if (out.length - length < more) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, length + more));
        }
    }
}
