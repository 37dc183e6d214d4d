package io.penstock.message;

/**
 * One piece of an answer as it arrives: first the {@link Head}, then one {@link Chunk} or more.
 *
 * <p>A body up to the page buffer comes as one chunk, after it has been proven complete. A larger one comes in pieces while
 * it arrives; only the chunk marked {@code last} says that all of them were good.
 */
public sealed interface ResponsePart {

    /**
     * Status and header fields.
     *
     * @param status the final status code (RFC 9110, section 15)
     * @param headers what came with it
     * @param requestId the correlation id that was sent as {@code X-Request-ID}
     * @param framed whether HTTP itself tells where the body ends. If not, it ends when the server closes the connection, which
     *     a broken connection does as well: only a document that closes itself, such as JSON, proves that nothing is missing
     */
    record Head(int status, Headers headers, String requestId, boolean framed) implements ResponsePart {

        /** A head whose body has a provable end. */
        public Head(int status, Headers headers, String requestId) {
            this(status, headers, requestId, true);
        }
    }

    /**
     * Inflated bytes of the body.
     *
     * @param bytes plain heap memory, the receiver's own; may be empty
     * @param last whether the body ends here, proven complete
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed over, never compared
    record Chunk(byte[] bytes, boolean last) implements ResponsePart {}
}
