package io.penstock.decode.format;

import io.penstock.error.BadAnswer.MalformedPayload;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Proves that a document is UTF-8 (RFC 3629), overlong forms and surrogates refused, piece by piece. */
final class Utf8Check {

    private static final int LONGEST = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer ignored = CharBuffer.allocate(1 << 12);
    private byte[] begun = new byte[0];
    private long before;

    /** Looks at the next piece. */
    void check(byte[] piece, boolean last) {
        if (begun.length == 0 && ascii(piece)) {
            before += piece.length;
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(begun.length + piece.length);
        bytes.put(begun).put(piece).flip();
        CoderResult result;
        do {
            ignored.clear();
            result = decoder.decode(bytes, ignored, last);
        } while (result.isOverflow());
        if (result.isError() || bytes.remaining() >= LONGEST) {
            throw new MalformedPayload("the body is not UTF-8 at byte " + (before + bytes.position())
                    + "; only UTF-8 can be read: ask the server for it");
        }
        before += bytes.position();
        begun = new byte[bytes.remaining()];
        bytes.get(begun);
    }

    private static boolean ascii(byte[] piece) {
        int all = 0;
        for (byte b : piece) {
            all |= b;
        }
        return all >= 0;
    }
}
