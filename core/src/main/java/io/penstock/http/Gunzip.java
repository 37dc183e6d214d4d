package io.penstock.http;

import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.error.TryLater.TruncatedResponse;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates gzip (RFC 1952) as it comes in pieces, and proves that all of it has come: every member's checksum and size are
 * checked, and nothing may stand behind the last one.
 *
 * <p>For one body and one thread at a time. {@link #close} must be called, since an inflater holds native memory.
 */
final class Gunzip implements AutoCloseable {

    private enum Part {
        HEADER,
        DATA,
        TRAILER
    }

    private final Object subject;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final Header header;
    private Part part = Part.HEADER;
    private byte[] input = new byte[0];
    private int next;
    private int end;
    private long trailer;
    private int trailerBytes;
    private boolean members;

    /** @param subject what is being read, for messages */
    Gunzip(Object subject) {
        this.subject = subject;
        this.header = new Header(subject);
    }

    /** Hands over the next piece; only when {@link #hungry}. The array must not change until it is hungry again. */
    void feed(byte[] bytes, int length) {
        input = bytes;
        next = 0;
        end = length;
    }

    /** Whether all input is used up. */
    boolean hungry() {
        return next == end;
    }

    /** Inflates into {@code room}; 0 only if more input is needed. */
    int inflate(byte[] room, int from, int length) {
        int written = 0;
        while (written == 0 && next < end) {
            switch (part) {
                case HEADER -> readHeader();
                case DATA -> written = readData(room, from, length);
                default -> readTrailer();
            }
        }
        return written;
    }

    private void readHeader() {
        while (next < end) {
            if (header.accept(input[next++], members)) {
                part = Part.DATA;
                return;
            }
        }
    }

    private int readData(byte[] room, int from, int length) {
        inflater.setInput(input, next, end - next);
        int written = inflateSome(room, from, length);
        next = end - inflater.getRemaining();
        checksum.update(room, from, written);
        if (inflater.finished()) {
            part = Part.TRAILER;
            trailer = 0;
            trailerBytes = 0;
        } else if (inflater.needsDictionary()) {
            throw new ProtocolError(subject + ": the gzip body asks for a preset dictionary, which gzip does not know");
        }
        return written;
    }

    private int inflateSome(byte[] room, int from, int length) {
        try {
            return inflater.inflate(room, from, length);
        } catch (DataFormatException broken) {
            throw new ProtocolError(subject + ": the gzip body is damaged", broken);
        }
    }

    private void readTrailer() {
        while (next < end && trailerBytes < 8) {
            trailer |= (input[next++] & 0xFFL) << (8 * trailerBytes++);
        }
        if (trailerBytes < 8) {
            return;
        }
        if ((trailer & 0xFFFFFFFFL) != checksum.getValue()
                || trailer >>> 32 != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
            throw new ProtocolError(subject + ": the gzip body fails its own checksum or size");
        }
        inflater.reset();
        checksum.reset();
        members = true;
        part = Part.HEADER;
    }

    /** Proves that the body ended where a member ended. */
    void end() {
        if (part != Part.HEADER || header.begun() || !members) {
            throw new TruncatedResponse(subject + ": the gzip body ends before its trailer");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    /** Passes over the header of one gzip member (RFC 1952, section 2.3), byte by byte. */
    private static final class Header {

        private static final int FIXED = 10;
        private static final int HEADER_CHECK = 1 << 1;
        private static final int EXTRA = 1 << 2;
        private static final int NAME = 1 << 3;
        private static final int COMMENT = 1 << 4;
        private static final int RESERVED = 0xE0;

        private final Object subject;
        private int position;
        private int flags;
        private int extra;
        private int extraBytes;

        Header(Object subject) {
            this.subject = subject;
        }

        /** Whether some of a header has been read, but not all of it. */
        boolean begun() {
            return position > 0;
        }

        /**
         * Takes one byte.
         *
         * @param further whether a whole member came before
         * @return whether the header ends with it
         */
        boolean accept(byte value, boolean further) {
            int b = value & 0xFF;
            if (position < FIXED) {
                fixed(b, further);
                position++;
            } else {
                optional(b);
            }
            if (position < FIXED || (flags & ~1) != 0) {
                return false;
            }
            position = 0;
            return true;
        }

        private void fixed(int b, boolean further) {
            boolean magic = position != 0 || b == 0x1F;
            magic &= position != 1 || b == 0x8B;
            magic &= position != 2 || b == 8;
            if (!magic) {
                throw new ProtocolError(subject
                        + (further
                                ? ": bytes follow the end of the gzip body"
                                : ": the body is due to be gzip by its Content-Encoding, its type or the settings, but it is"
                                        + " not gzip"));
            }
            if (position == 3) {
                flags = b;
                extraBytes = 0;
                if ((b & RESERVED) != 0) {
                    throw new ProtocolError(subject + ": the gzip header uses reserved flags");
                }
            }
        }

        /** The optional fields stand in the order of their mention here; each clears its flag when it is over. */
        private void optional(int b) {
            if ((flags & EXTRA) != 0) {
                extra(b);
            } else if ((flags & NAME) != 0) {
                flags &= b == 0 ? ~NAME : ~0;
            } else if ((flags & COMMENT) != 0) {
                flags &= b == 0 ? ~COMMENT : ~0;
            } else if (extraBytes >= 0) {
                extraBytes = -1; // first byte of the header's own check sum, which few write and fewer read
            } else {
                flags &= ~HEADER_CHECK;
            }
        }

        private void extra(int b) {
            if (extraBytes == 0) {
                extra = b;
            } else if (extraBytes == 1) {
                extra |= b << 8;
            }
            extraBytes++;
            if (extraBytes >= 2 && extraBytes == extra + 2) {
                flags &= ~EXTRA;
            }
        }
    }
}
