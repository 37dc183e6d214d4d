package io.penstock.decode.format;

import io.penstock.error.BadAnswer.MalformedPayload;

/**
 * Finds where the rows of a CSV document end (RFC 4180), and refuses quotes that stand where they mean nothing.
 *
 * <p>A machine that can stop after any byte and go on with the next piece. A line feed, a carriage return, or both together end a
 * row outside quotes.
 */
final class CsvRowEnds {

    private enum State {
        FIELD,
        PLAIN,
        QUOTED,
        QUOTE,
        RETURN
    }

    private final byte separator;
    private final byte quote;
    private State state = State.FIELD;
    private int at;
    private long rows;

    CsvRowEnds(CsvLayout layout) {
        this.separator = (byte) layout.separator();
        this.quote = (byte) layout.quote();
    }

    /**
     * Looks at the bytes that have come since the last call.
     *
     * @param before how many bytes of the document lie before the first one of {@code bytes}
     * @return the end of the last row that has ended, exclusive; 0 if none has
     */
    int scan(byte[] bytes, int to, long before) {
        int end = 0;
        for (int p = at; p < to; p++) {
            byte b = bytes[p];
            if (state == State.RETURN) {
                rows++;
                state = State.FIELD;
                end = b == '\n' ? p + 1 : p;
                if (b == '\n') {
                    continue;
                }
            }
            if (b == '\n' && state != State.QUOTED) {
                rows++;
                end = p + 1;
                state = State.FIELD;
            } else {
                state = next(b, before + p);
            }
        }
        at = to;
        return end;
    }

    private State next(byte b, long position) {
        return switch (state) {
            case QUOTED -> b == quote ? State.QUOTE : State.QUOTED;
            case FIELD -> b == quote ? State.QUOTED : plain(b);
            case PLAIN -> {
                if (b == quote) {
                    throw malformed("a quote stands inside a field that does not start with one", position);
                }
                yield plain(b);
            }
            default -> afterQuote(b, position);
        };
    }

    private State plain(byte b) {
        return b == separator ? State.FIELD : b == '\r' ? State.RETURN : State.PLAIN;
    }

    private State afterQuote(byte b, long position) {
        if (b == quote) {
            return State.QUOTED;
        }
        State next = plain(b);
        if (next == State.PLAIN) {
            throw malformed("text follows the closing quote of a field", position);
        }
        return next;
    }

    /** The document ends here. */
    void end(long position) {
        if (state == State.QUOTED) {
            throw malformed("the document ends inside quotes", position);
        }
    }

    /** The bytes before {@code count} have gone: all that follows has moved down. */
    void shift(int count) {
        at -= count;
    }

    private MalformedPayload malformed(String what, long position) {
        return new MalformedPayload("the body is not valid CSV: " + what + " at byte " + position + " (row "
                + (rows + 1) + "); check separator and quote, or report it to the API's owner");
    }
}
