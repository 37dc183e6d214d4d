package io.penstock.decode;

import io.penstock.record.Pointer;
import java.util.Set;

/** Makes a {@link Decoder} for one document. */
public final class Decoders {

    private Decoders() {}

    /** What becomes of half a surrogate pair, which no UTF-8 can hold (RFC 8259, section 8.2). */
    public enum TextRepair {
        /** It becomes U+FFFD, and is counted. */
        REPLACE,
        /** The record is refused with {@code RecordRejected}. */
        REJECT
    }

    /**
     * A decoder of one JSON document (RFC 8259).
     *
     * <p>Each element of the array at {@code records} is a record; an object there is one record, {@code null} none, and
     * anything else, or nothing at all, is {@code UnexpectedContent} that says what the document has instead. An array that
     * comes in pieces gives its records as they end, so a document may be larger than memory.
     *
     * <p>A segment {@code *} of {@code records} stands for each element of an array or each field of an object, so that
     * {@code /data/*}{@code /items} gives the items of all of them, in the order of the document. An element that has nothing
     * there, or null, has no record; that none of them has anything is {@code UnexpectedContent}.
     *
     * @param records where the array of records is; the root for a document that is the array, or the one record
     * @param captures single values to keep, before, behind or inside the records
     * @param limits how large and deep the document may be
     * @throws IllegalArgumentException if a capture is the records themselves or lies around them, since it would hold all of
     *     them in memory, or goes by an index or a name through what a star stands for
     */
    public static Decoder json(Pointer records, Set<Pointer> captures, DecodeLimits limits) {
        return json(records, captures, limits, TextRepair.REPLACE);
    }

    /** As {@link #json(Pointer, Set, DecodeLimits)}, with another treatment of half surrogate pairs. */
    public static Decoder json(Pointer records, Set<Pointer> captures, DecodeLimits limits, TextRepair repair) {
        captures.forEach(capture -> judge(capture, records));
        return DocumentDecoder.json(records, captures, limits, repair);
    }

    private static void judge(Pointer capture, Pointer records) {
        int depth = capture.depth();
        if (depth <= records.depth() && records.segments().subList(0, depth).equals(capture.segments())) {
            throw new IllegalArgumentException("the value at '" + capture + "' holds the records at '" + records
                    + "': capture a value beside or inside them");
        }
        int star = records.segments().indexOf(PathNode.EACH);
        if (star >= 0
                && depth > star
                && records.segments().subList(0, star).equals(capture.segments().subList(0, star))) {
            throw new IllegalArgumentException("the value at '" + capture + "' lies inside what '*' stands for in '"
                    + records + "': capture a value beside it");
        }
    }

    /**
     * A decoder of newline-delimited JSON: a record a line, blank lines skipped, the last line with or without its line feed.
     *
     * <p>A carriage return before the line feed is passed over. No line at all is no record, not an error.
     */
    public static Decoder ndjson(DecodeLimits limits) {
        return ndjson(limits, TextRepair.REPLACE);
    }

    /** As {@link #ndjson(DecodeLimits)}, with another treatment of half surrogate pairs. */
    public static Decoder ndjson(DecodeLimits limits, TextRepair repair) {
        return DocumentDecoder.lines(limits, repair);
    }
}
