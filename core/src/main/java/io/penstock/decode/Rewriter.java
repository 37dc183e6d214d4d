package io.penstock.decode;

/**
 * Makes one canonical line of a valid record: no white space between tokens, each name once, no half surrogate pair.
 *
 * <p>Of a doubled name the last value stays, where it stands. Half a pair becomes U+FFFD, written as it is. Everything else,
 * digits and escapes too, is copied byte for byte. The line is never longer than the record was.
 */
final class Rewriter {

    private static final int[] NOTHING = {};

    private long repairs;
    private int[] dropped = NOTHING;
    private int nextDropped;
    private int out;

    /** How many halves of pairs were replaced so far. */
    long repairs() {
        return repairs;
    }

    /**
     * Writes the record between {@code from} and {@code to} to {@code dest}, which is not behind {@code from}.
     *
     * @return the end of the line, or -1 if the record is canonical as it stands and was left there
     */
    int rewrite(byte[] bytes, int from, int to, int dest, int flags) {
        dropped = (flags & Found.DOUBLED) == 0 ? NOTHING : DoubledFields.in(bytes, from, to);
        if (flags == Found.DOUBLED && dropped.length == 0) {
            return -1;
        }
        nextDropped = 0;
        out = dest;
        int p = from;
        while (p < to) {
            p = token(bytes, p);
        }
        return out;
    }

    private int token(byte[] bytes, int p) {
        if (nextDropped < dropped.length && dropped[nextDropped] == p) {
            nextDropped += 2;
            return dropped[nextDropped - 1];
        }
        byte b = bytes[p];
        if (b == '"') {
            return text(bytes, p);
        }
        if (b == ' ') {
            return Words.afterSpaces(bytes, p, bytes.length);
        }
        if (b > ' ') {
            bytes[out++] = b;
        }
        return p + 1;
    }

    private int text(byte[] bytes, int quote) {
        int p = Words.plain(bytes, quote + 1, bytes.length);
        int copied = quote;
        while (bytes[p] != '"') {
            if (bytes[p] != '\\') {
                p = Words.plain(bytes, p + 1, bytes.length); // beyond ASCII
            } else if (bytes[p + 1] != 'u' || !surrogate(bytes, p)) {
                p += 2;
            } else if (pair(bytes, p)) {
                p += 12;
            } else {
                copy(bytes, copied, p);
                replace(bytes);
                p += 6;
                copied = p;
            }
        }
        copy(bytes, copied, p + 1);
        return p + 1;
    }

    private void copy(byte[] bytes, int from, int to) {
        if (to - from > 32) {
            System.arraycopy(bytes, from, bytes, out, to - from);
            out += to - from;
            return;
        }
        for (int p = from; p < to; p++) { // cheaper than a call where names and values are short
            bytes[out++] = bytes[p];
        }
    }

    private void replace(byte[] bytes) {
        bytes[out++] = (byte) 0xEF;
        bytes[out++] = (byte) 0xBF;
        bytes[out++] = (byte) 0xBD;
        repairs++;
    }

    private static boolean surrogate(byte[] bytes, int p) {
        int code = code(bytes, p);
        return code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
    }

    private static boolean pair(byte[] bytes, int p) {
        return code(bytes, p) <= Character.MAX_HIGH_SURROGATE
                && bytes[p + 6] == '\\'
                && bytes[p + 7] == 'u'
                && Character.isLowSurrogate((char) code(bytes, p + 6));
    }

    private static int code(byte[] bytes, int p) {
        int code = 0;
        for (int i = p + 2; i < p + 6; i++) {
            code = code << 4 | Character.digit(bytes[i], 16);
        }
        return code;
    }
}
