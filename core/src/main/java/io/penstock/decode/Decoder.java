package io.penstock.decode;

import io.penstock.record.RecordBytes;
import io.penstock.record.Values;

/**
 * Turns the bytes of one document into records, in one validating pass.
 *
 * <p>For one document ({@link #reset} begins another) and one thread at a time; takes no lock. What it returns does not share memory with what it was fed
 * later. {@link #close} alone may be called from another thread.
 */
public interface Decoder extends AutoCloseable {

    /**
     * Reads the next piece of the document.
     *
     * @param bytes the decoder's to keep and to change; empty while records are {@link #pending}
     * @param last whether the document ends here
     * @return the records whose end was found in this piece; those of them that one batch should hold
     * @throws io.penstock.error.PenstockException {@code MalformedPayload}, {@code UnexpectedContent}, {@code LimitExceeded} or
     *     {@code RecordRejected}
     */
    RecordBytes decode(byte[] bytes, boolean last);

    /**
     * Whether the pieces fed so far hold more than the last call gave. Then {@link #decode} is called again, with an empty piece
     * and the same {@code last}, when there is demand for more: what is packed stays packed until then.
     */
    default boolean pending() {
        return false;
    }

    /** The single values found so far, complete after the last piece. */
    Values values();

    /** How many halves of surrogate pairs were replaced by U+FFFD so far. */
    default long repairs() {
        return 0;
    }

    /**
     * Makes this decoder ready for another document, after one that it has read to its end; what it has learned of the fields stays,
     * and {@link #repairs} begins anew.
     *
     * @return false if it cannot: then another decoder is needed
     */
    default boolean reset() {
        return false;
    }

    /** Gives back native memory, where there is any; nothing can be decoded afterwards. May be called more than once. */
    @Override
    default void close() {}
}
