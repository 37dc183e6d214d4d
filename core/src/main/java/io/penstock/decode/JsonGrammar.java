package io.penstock.decode;

/**
 * The grammar of JSON (RFC 8259) as a machine that can stop after any byte and go on with the next piece.
 *
 * <p>It knows what may follow what. What a value is, and what becomes of it, is the scanner's part.
 */
abstract sealed class JsonGrammar permits JsonScanner {

    // states as numbers: the switch over them is the hottest place of all
    private static final int START = 0;
    static final int VALUE = 1;
    static final int VALUE_OR_END = 2;
    private static final int NAME = 3;
    static final int NAME_OR_END = 4;
    static final int COLON = 5;
    private static final int AFTER_VALUE = 6;
    static final int IN_TEXT = 7;
    private static final int BETWEEN_LINES = 8;
    private static final int END = 9;

    private static final byte[] NOTHING = new byte[0];

    final Where where;
    final boolean lines;

    byte[] bytes = NOTHING;
    int end;
    boolean last;
    int pos;
    int state = START;
    boolean inObject;
    int depth;
    int flags;

    JsonGrammar(Where where, boolean lines) {
        this.where = where;
        this.lines = lines;
    }

    /** Another document begins. */
    void reset() {
        bytes = NOTHING;
        end = 0;
        last = false;
        pos = 0;
        state = START;
        inObject = false;
        depth = 0;
        flags = 0;
    }

    /** The name at {@code p}: where to go on behind it; if the bytes ran out, where to go on then, as its complement. */
    abstract int name(int p);

    /** The value at {@code p}, as {@link #name}. */
    abstract int value(int p);

    /** The end of a container at {@code p}, as {@link #name}. */
    abstract int close(int p);

    /** The rest of a string that began in an earlier piece, as {@link #name}. */
    abstract int text(int from);

    /** The document has ended as it may. */
    abstract void complete();

    /** The piece has ended, and the document has not. */
    abstract void unfinished();

    /** Reads on up to {@code to}; {@code ends} if the document ends there. */
    final void run(byte[] array, int to, boolean ends) {
        bytes = array;
        end = to;
        last = ends;
        int next = state == IN_TEXT ? text(pos) : pos;
        while (next >= 0) {
            int p = next < end && bytes[next] > ' ' ? next : space(next);
            next = p < end ? step(p) : ~p;
        }
        pos = ~next;
        if (last) {
            requireEnd();
            complete();
        } else {
            unfinished();
        }
    }

    private int space(int from) {
        int p = from;
        while (p < end && bytes[p] <= ' ') {
            switch (bytes[p]) {
                case '\n' -> flags |= Found.LINE_FEED;
                case '\r' -> flags |= Found.CARRIAGE_RETURN;
                case '\t' -> {}
                case ' ' -> p = Words.afterSpaces(bytes, p, end) - 1;
                default -> {
                    return p; // the machine says what it expected instead
                }
            }
            p++;
        }
        return p;
    }

    /** Where to go on behind the token at {@code p}; if the bytes ran out, where to go on then, as its complement. */
    private int step(int p) {
        return switch (state) {
            case NAME -> name(p);
            case COLON -> colon(p);
            case VALUE -> value(p);
            case AFTER_VALUE -> afterValue(p);
            case NAME_OR_END -> bytes[p] == '}' ? close(p) : name(p);
            case VALUE_OR_END -> bytes[p] == ']' ? close(p) : value(p);
            case START -> start(p);
            case BETWEEN_LINES -> nextLine(p);
            default -> throw where.malformed(p, "the document has ended, but then comes " + shown(p));
        };
    }

    private int start(int p) {
        if (bytes[p] == (byte) 0xEF) {
            return byteOrderMark(p);
        }
        if (bytes[p] == '<') {
            throw Where.markup();
        }
        flags = 0;
        state = VALUE;
        return value(p);
    }

    private int byteOrderMark(int p) {
        if (!where.isStart(p)) {
            throw where.malformed(p, "expected a value, found " + shown(p));
        }
        if (end - p < 3 && !last) {
            return ~p;
        }
        if (end - p < 3 || bytes[p + 1] != (byte) 0xBB || bytes[p + 2] != (byte) 0xBF) {
            throw where.malformed(p, "expected a value, found " + shown(p));
        }
        return p + 3;
    }

    private int nextLine(int p) {
        if ((flags & Found.LINE_FEED) == 0) {
            throw where.malformed(p, "expected a line break after the record, found " + shown(p));
        }
        flags = 0;
        state = VALUE;
        return value(p);
    }

    private int colon(int p) {
        if (bytes[p] != ':') {
            throw where.malformed(p, "expected ':' after a name, found " + shown(p));
        }
        state = VALUE;
        return p + 1;
    }

    /** A value has ended before {@code p}: where to go on. */
    final int ended(int p) {
        if (depth == 0) {
            state = lines ? BETWEEN_LINES : END;
            return p;
        }
        if (p < end && bytes[p] == ',') {
            state = inObject ? NAME : VALUE;
            return p + 1;
        }
        state = AFTER_VALUE;
        return p;
    }

    private int afterValue(int p) {
        if (bytes[p] != ',') {
            return close(p);
        }
        state = inObject ? NAME : VALUE;
        return p + 1;
    }

    private void requireEnd() {
        if (state == START && !lines) {
            throw Where.nothing();
        }
        if (state != END && !(lines && (state == BETWEEN_LINES || state == START))) {
            throw where.malformed(end, "the document ends too early");
        }
    }

    final String shown(int p) {
        return Where.shown(bytes[p]);
    }
}
