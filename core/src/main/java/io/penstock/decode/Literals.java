package io.penstock.decode;

import java.nio.charset.StandardCharsets;

/** The three words of JSON. */
final class Literals {

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private Literals() {}

    /** The end of the word at {@code from}, exclusive, or -1 if the bytes ran out within it. */
    static int end(byte[] bytes, int from, int to, Where where) {
        return switch (bytes[from]) {
            case 't' -> end(TRUE, bytes, from, to, where);
            case 'f' -> end(FALSE, bytes, from, to, where);
            case 'n' -> end(NULL, bytes, from, to, where);
            case 'N', 'I', '+' ->
                throw where.malformed(from, "expected a value, found a letter or '+': JSON has no NaN and no Infinity");
            default -> throw where.malformed(from, "expected a value, found " + Where.shown(bytes[from]));
        };
    }

    private static int end(byte[] word, byte[] bytes, int from, int to, Where where) {
        for (int i = 1; i < word.length; i++) {
            if (from + i == to) {
                return -1;
            }
            if (bytes[from + i] != word[i]) {
                throw where.malformed(from + i, "expected true, false or null, found " + Where.shown(bytes[from + i]));
            }
        }
        return from + word.length;
    }
}
