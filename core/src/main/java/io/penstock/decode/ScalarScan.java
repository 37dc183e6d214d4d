package io.penstock.decode;

import io.penstock.record.Shape;
import java.nio.charset.StandardCharsets;

/**
 * Finds the end of a word or a number (RFC 8259, sections 3 and 6) and judges a number's size by its text, before anybody
 * converts it.
 */
final class ScalarScan {

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LARGEST = "9223372036854775807".getBytes(StandardCharsets.US_ASCII);

    private final Where where;
    private final int most;
    private int kind;

    ScalarScan(Where where, int most) {
        this.where = where;
        this.most = most;
    }

    /** The kind of the number that was read last. */
    int kind() {
        return kind;
    }

    /**
     * The end of the number that starts at {@code from}, exclusive, or -1 if the bytes ran out before that is known.
     *
     * @param last whether the document ends at {@code to}
     */
    int number(byte[] bytes, int from, int to, boolean last) {
        int start = bytes[from] == '-' ? from + 1 : from;
        int p = digits(bytes, start, to);
        if (p < to && p > start && bytes[p] != '.' && (bytes[p] | 0x20) != 'e') {
            judge(bytes, from, start, p);
            kind = integer(bytes, from, start, p);
            return p;
        }
        return slow(bytes, from, to, last);
    }

    private int slow(byte[] bytes, int from, int to, boolean last) {
        int start = bytes[from] == '-' ? from + 1 : from;
        int whole = part(bytes, start, to);
        judge(bytes, from, start, whole);
        int fraction = whole < to && bytes[whole] == '.' ? part(bytes, whole + 1, to) : whole;
        if (fraction - start - 1 > most) {
            throw tooLong(from);
        }
        int end = fraction < to && (bytes[fraction] | 0x20) == 'e' ? exponent(bytes, fraction + 1, to) : fraction;
        if (end == to && !last) {
            return -1;
        }
        if (!digit(bytes[end - 1])) {
            throw where.malformed(end, "a number breaks off");
        }
        kind = end == whole ? integer(bytes, from, start, whole) : Shape.DECIMAL;
        return end;
    }

    private static int integer(byte[] bytes, int from, int start, int end) {
        return end - start < 19 || fits(bytes, from, start, end) ? Shape.LONG : Shape.BIG_INTEGER;
    }

    private int exponent(byte[] bytes, int from, int to) {
        int start = from < to && (bytes[from] == '+' || bytes[from] == '-') ? from + 1 : from;
        int end = part(bytes, start, to);
        int value = 0;
        for (int p = start; p < end; p++) {
            value = Math.min(10 * value + bytes[p] - '0', most + 1);
        }
        if (value > most || end - start > most) {
            throw where.rejected(from, "a number has an exponent beyond " + most);
        }
        return end;
    }

    /** The end of one digit or more, or {@code to} if there is no byte at all. */
    private int part(byte[] bytes, int from, int to) {
        int end = digits(bytes, from, to);
        if (end == from && from < to) {
            throw where.malformed(from, "a number lacks a digit");
        }
        return end;
    }

    private static int digits(byte[] bytes, int from, int to) {
        int p = from;
        while (p < to && digit(bytes[p])) {
            p++;
        }
        return p;
    }

    private static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }

    private void judge(byte[] bytes, int from, int start, int end) {
        if (end - start > most) {
            throw tooLong(from);
        }
        if (end - start > 1 && bytes[start] == '0') {
            throw where.malformed(start, "a number starts with a needless 0");
        }
    }

    private RuntimeException tooLong(int from) {
        return where.rejected(from, "a number has more than " + most + " digits");
    }

    private static boolean fits(byte[] bytes, int from, int start, int end) {
        if (end - start > LARGEST.length) {
            return false;
        }
        for (int i = 0; i < LARGEST.length; i++) {
            if (bytes[start + i] != LARGEST[i]) {
                boolean least = i == LARGEST.length - 1 && bytes[start + i] == '8' && start > from; // -2^63
                return bytes[start + i] < LARGEST[i] || least;
            }
        }
        return true;
    }

    /** The end of the word at {@code from}, exclusive, or -1 if the bytes ran out within it. */
    int word(byte[] bytes, int from, int to) {
        return switch (bytes[from]) {
            case 't' -> word(TRUE, bytes, from, to);
            case 'f' -> word(FALSE, bytes, from, to);
            case 'n' -> word(NULL, bytes, from, to);
            case 'N', 'I', '+' ->
                throw where.malformed(from, "expected a value, found a letter or '+': JSON has no NaN and no Infinity");
            default -> throw where.malformed(from, "expected a value, found " + Where.shown(bytes[from]));
        };
    }

    private int word(byte[] word, byte[] bytes, int from, int to) {
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
