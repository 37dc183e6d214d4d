package io.penstock.testkit.model.hostile;

import io.penstock.testkit.model.endpoint.Reply;
import java.time.Duration;

/** An answer as it will be sent. */
public sealed interface Played {

    /**
     * An answer in good HTTP.
     *
     * @param reply what it says
     */
    record Whole(Reply reply) implements Played {}

    /**
     * Bytes written as they are, status line and all.
     *
     * @param pieces what is written, piece by piece; may have no end
     * @param end what becomes of the connection
     */
    record Raw(Iterable<Piece> pieces, End end) implements Played {}

    /**
     * Bytes and what comes before them.
     *
     * @param pause how long nothing is sent first
     * @param bytes what is sent then
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed over, never compared
    record Piece(Duration pause, byte[] bytes) {}

    /** What becomes of the connection when all is written. */
    enum End {
        /** It is closed in order. */
        CLOSE,
        /** It is reset. */
        RESET,
        /** It stays open, and nothing ever comes again. */
        SILENCE
    }
}
