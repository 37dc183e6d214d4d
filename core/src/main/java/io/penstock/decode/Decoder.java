package io.penstock.decode;

import io.penstock.record.RecordBytes;
import io.penstock.record.Values;

/**
 * Turns the bytes of one document into records, in one validating pass.
 *
 * <p>For one document and one thread at a time; takes no lock. What it returns does not share memory with what it was fed
 * later.
 */
public interface Decoder {

    /**
     * Reads the next piece of the document.
     *
     * @param bytes the decoder's to keep and to change
     * @param last whether the document ends here
     * @return the records whose end was found in this piece
     * @throws io.penstock.error.PenstockException {@code MalformedPayload}, {@code UnexpectedContent}, {@code LimitExceeded} or
     *     {@code RecordRejected}
     */
    RecordBytes decode(byte[] bytes, boolean last);

    /** The single values found so far, complete after the last piece. */
    Values values();
}
