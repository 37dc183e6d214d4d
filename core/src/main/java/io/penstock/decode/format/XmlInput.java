package io.penstock.decode.format;

import com.fasterxml.aalto.AsyncByteArrayFeeder;
import javax.xml.stream.XMLStreamException;

/**
 * What has come of an XML document and is to be shown to its parser.
 *
 * <p>The parser refuses {@code ]]>} in a text, as XML asks, but not where a text begins with it and not where a piece of the document
 * ends inside it. So it never sees the three at once: such a text is taken as it stands, however the document was cut. Not
 * thread-safe.
 */
final class XmlInput {

    private final AsyncByteArrayFeeder parser;
    private byte[] bytes = {};
    private int shown;
    private long before;
    private boolean last;
    private boolean ended;

    XmlInput(AsyncByteArrayFeeder parser) {
        this.parser = parser;
    }

    /** Takes the next piece; all of the one before MUST have been shown. */
    void take(byte[] piece, boolean isLast) {
        before += shown;
        bytes = piece;
        shown = 0;
        last = isLast;
    }

    /** Shows the parser, which needs more, what it may see at once, or the end; false if there was nothing left to show. */
    boolean feed() throws XMLStreamException {
        if (shown < bytes.length) {
            int end = beforeBracket(shown + 2);
            parser.feedInput(bytes, shown, end - shown);
            shown = end;
            return true;
        }
        boolean ends = last && !ended;
        if (ends) {
            ended = true;
            parser.endOfInput();
        }
        return ends;
    }

    /** How many bytes the parser has been shown. */
    long shown() {
        return before + shown;
    }

    /** Where the next {@code >} stands that follows two brackets, or the end. */
    private int beforeBracket(int from) {
        for (int at = from; at < bytes.length; at++) {
            if (bytes[at] == '>' && bytes[at - 1] == ']' && bytes[at - 2] == ']') {
                return at;
            }
        }
        return bytes.length;
    }
}
