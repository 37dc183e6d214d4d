package io.penstock.decode;

import io.penstock.record.Pointer;
import java.util.Set;

/** Makes a {@link Decoder} for one document. */
public final class Decoders {

    private Decoders() {}

    /**
     * A decoder of one JSON document (RFC 8259).
     *
     * <p>Each element of the array at {@code records} is a record; an object there is one record, {@code null} none, and
     * anything else, or nothing at all, is {@code UnexpectedContent} that says what the document has instead. An array that
     * comes in pieces gives its records as they end, so a document may be larger than memory.
     *
     * @param records where the array of records is; the root for a document that is the array, or the one record
     * @param captures single values to keep, before, behind or inside the records
     * @param limits how large and deep the document may be
     * @throws IllegalArgumentException if a capture is the records themselves or lies around them, since it would hold all of
     *     them in memory
     */
    public static Decoder json(Pointer records, Set<Pointer> captures, DecodeLimits limits) {
        for (Pointer capture : captures) {
            int depth = capture.depth();
            if (depth <= records.depth() && records.segments().subList(0, depth).equals(capture.segments())) {
                throw new IllegalArgumentException("the value at '" + capture + "' holds the records at '" + records
                        + "': capture a value beside or inside them");
            }
        }
        return DocumentDecoder.json(records, captures, limits);
    }

    /**
     * A decoder of newline-delimited JSON: a record a line, blank lines skipped, the last line with or without its line feed.
     *
     * <p>A carriage return before the line feed is passed over. No line at all is no record, not an error.
     */
    public static Decoder ndjson(DecodeLimits limits) {
        return DocumentDecoder.lines(limits);
    }
}
