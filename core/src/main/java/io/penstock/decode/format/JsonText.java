package io.penstock.decode.format;

import io.penstock.error.BadAnswer.LimitExceeded;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes lines of JSON (RFC 8259) in UTF-8 into one array that grows. */
final class JsonText {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int ROOM_FOR_ONE = 6; // an escape is the longest that becomes of one character

    private final int longestLine;
    private byte[] bytes = new byte[1 << 10];
    private int size;
    private int lineStart;

    JsonText(int longestLine) {
        this.longestLine = longestLine;
    }

    /** How many bytes have been written since the last {@link #take}. */
    int size() {
        return size;
    }

    /** All that was written, in an array of its own; starts anew. */
    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, size);
        size = 0;
        lineStart = 0;
        return taken;
    }

    /** One byte of punctuation. */
    void mark(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
    }

    /** {@code null}. */
    void nothing() {
        raw("null".getBytes(StandardCharsets.US_ASCII));
    }

    /** Bytes that are JSON already. */
    void raw(byte[] json) {
        room(json.length);
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
    }

    /** Ends the line. */
    void endLine() {
        if (size - lineStart > longestLine) {
            throw tooLong();
        }
        mark('\n');
        lineStart = size;
    }

    /** A string; surrogates come in pairs. */
    void text(CharSequence text) {
        mark('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            room(ROOM_FOR_ONE);
            if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
                bytes[size++] = (byte) c;
            } else if (c < 0x80) {
                escape(c);
            } else if (Character.isHighSurrogate(c)) {
                pair(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                beyondAscii(c);
            }
        }
        mark('"');
    }

    private void escape(char c) {
        bytes[size++] = '\\';
        int simple = "\"\\\b\f\n\r\t".indexOf(c);
        if (simple >= 0) {
            bytes[size++] = (byte) "\"\\bfnrt".charAt(simple);
            return;
        }
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[c >> 4];
        bytes[size++] = HEX[c & 0xF];
    }

    private void beyondAscii(char c) {
        if (c < 0x800) {
            bytes[size++] = (byte) (0xC0 | (c >> 6));
        } else {
            bytes[size++] = (byte) (0xE0 | (c >> 12));
            bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        }
        bytes[size++] = (byte) (0x80 | (c & 0x3F));
    }

    private void pair(int code) {
        bytes[size++] = (byte) (0xF0 | (code >> 18));
        bytes[size++] = (byte) (0x80 | ((code >> 12) & 0x3F));
        bytes[size++] = (byte) (0x80 | ((code >> 6) & 0x3F));
        bytes[size++] = (byte) (0x80 | (code & 0x3F));
    }

    private void room(int more) {
        if (bytes.length - size >= more) {
            return;
        }
        if (size - lineStart > longestLine) {
            throw tooLong();
        }
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }

    private LimitExceeded tooLong() {
        return new LimitExceeded("a record has more than " + longestLine
                + " bytes as JSON; raise limits.record_bytes if the API really sends such data");
    }
}
