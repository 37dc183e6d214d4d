package io.penstock.decode;

/**
 * Finds the end of a string and proves what lies before it: UTF-8 (RFC 3629), escapes and the absence of control characters
 * (RFC 8259, section 7).
 */
final class TextScan {

    private final Where where;
    private int resume;
    private boolean escaped;
    private boolean lone;

    TextScan(Where where) {
        this.where = where;
    }

    /** Forgets what was noted of the string before. */
    void start() {
        escaped = false;
        lone = false;
    }

    /** Whether the string has an escape. */
    boolean escaped() {
        return escaped;
    }

    /** Whether the string has half a surrogate pair, written as an escape. */
    boolean lone() {
        return lone;
    }

    /** Where to go on when the bytes ran out; all before is proven. */
    int resume() {
        return resume;
    }

    /** The index of the closing quote, or -1 if the bytes ran out before. */
    int close(byte[] bytes, int from, int to) {
        int p = from;
        while (true) {
            p = Words.plain(bytes, p, to);
            if (p < to && bytes[p] == '"') {
                return p;
            }
            int next = p < to ? odd(bytes, p, to) : -1;
            if (next < 0) {
                resume = p;
                return -1;
            }
            p = next;
        }
    }

    private int odd(byte[] bytes, int p, int to) {
        if (bytes[p] < 0) {
            return sequences(bytes, p, to);
        }
        if (bytes[p] != '\\') {
            throw where.malformed(p, "a control character stands in a string without an escape");
        }
        return escape(bytes, p, to);
    }

    /** The end of the run of characters beyond ASCII, or -1 if the bytes ran out within the first. */
    private int sequences(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && bytes[p] < 0) {
            int length = length(bytes[p] & 0xFF);
            if (length == 0) {
                throw badUtf8(p);
            }
            if (to - p < length) {
                return p == from ? -1 : p;
            }
            if (!follows(bytes, p, length)) {
                throw badUtf8(p);
            }
            p += length;
        }
        return p;
    }

    private RuntimeException badUtf8(int p) {
        return where.malformed(p, "a string is not UTF-8");
    }

    private static int length(int lead) {
        if (lead < 0xE0) {
            return lead < 0xC2 ? 0 : 2;
        }
        return lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    }

    private static boolean follows(byte[] bytes, int p, int length) {
        int second = bytes[p + 1] & 0xFF;
        return switch (length) {
            case 2 -> trail(bytes[p + 1]);
            case 3 -> trail(bytes[p + 1]) && trail(bytes[p + 2]) && third(bytes[p] & 0xFF, second);
            default ->
                trail(bytes[p + 1]) && trail(bytes[p + 2]) && trail(bytes[p + 3]) && fourth(bytes[p] & 0xFF, second);
        };
    }

    /** No overlong form and no surrogate. */
    private static boolean third(int lead, int second) {
        return lead == 0xE0 ? second >= 0xA0 : lead != 0xED || second < 0xA0;
    }

    /** No overlong form and nothing beyond U+10FFFF. */
    private static boolean fourth(int lead, int second) {
        return lead == 0xF0 ? second >= 0x90 : lead != 0xF4 || second < 0x90;
    }

    private static boolean trail(byte b) {
        return (b & 0xC0) == 0x80;
    }

    /** The end of the escape, or of the pair of escapes, or -1 if the bytes ran out before. */
    private int escape(byte[] bytes, int p, int to) {
        escaped = true;
        if (p + 1 >= to) {
            return -1;
        }
        switch (bytes[p + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return p + 2;
            }
            case 'u' -> {
                return unicode(bytes, p, to);
            }
            default -> throw where.malformed(p, "a backslash is followed by " + Where.shown(bytes[p + 1]));
        }
    }

    private int unicode(byte[] bytes, int p, int to) {
        int code = hex(bytes, p + 2, to);
        if (code < 0) {
            return -1;
        }
        if (code < Character.MIN_SURROGATE || code > Character.MAX_SURROGATE) {
            return p + 6;
        }
        int low = code <= Character.MAX_HIGH_SURROGATE ? low(bytes, p + 6, to) : 0;
        lone |= low == 0;
        return low < 0 ? -1 : p + 6 + low;
    }

    /** 6 if the other half of a pair stands at {@code p}, 0 if not, -1 if the bytes ran out before that is known. */
    private int low(byte[] bytes, int p, int to) {
        if ((p < to && bytes[p] != '\\') || (p + 1 < to && bytes[p + 1] != 'u')) {
            return 0;
        }
        int code = p + 2 <= to ? hex(bytes, p + 2, to) : -1;
        return code < 0 ? -1 : code >= Character.MIN_LOW_SURROGATE && code <= Character.MAX_LOW_SURROGATE ? 6 : 0;
    }

    private int hex(byte[] bytes, int from, int to) {
        int code = 0;
        for (int p = from; p < from + 4; p++) {
            if (p >= to) {
                return -1;
            }
            int digit = Character.digit(bytes[p], 16);
            if (digit < 0) {
                throw where.malformed(p, "\\u is not followed by four hexadecimal digits");
            }
            code = code << 4 | digit;
        }
        return code;
    }
}
