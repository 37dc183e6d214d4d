package io.penstock.decode.format;

import io.penstock.decode.format.ZipHeader.ZipCheck;
import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.error.TryLater.TruncatedResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads a zip archive from its first byte to its last, piece by piece (APPNOTE 6.3.10): the checksum and the sizes of every entry are
 * proven, and so is that the directory at the end names the same entries.
 *
 * <p>For one thread at a time. {@link #close} must be called, since an inflater holds native memory.
 */
final class ZipEntries implements AutoCloseable {

    private static final int DIRECTORY = 0x02014b50;
    private static final int WIDE_END = 0x06064b50;
    private static final int WIDE_LOCATOR = 0x07064b50;
    private static final int END = 0x06054b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final long NARROW = 0xFFFFFFFFL;
    private static final long RATIO_COUNTS_FROM = 1L << 20;
    private static final int MOST_HEADER = 1 << 18;

    private final ArchiveLimits limits;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final HeldInput input = new HeldInput();
    private final Map<Long, Integer> entries = new HashMap<>();
    private @Nullable ZipHeader entry;
    private long entryAt;
    private long packed;
    private long size;
    private long inflated;
    private int seen;
    private boolean dataOver;
    private boolean over;

    ZipEntries(ArchiveLimits limits) {
        this.limits = limits;
    }

    /**
     * Some bytes of an entry.
     *
     * @param entry what they belong to
     * @param bytes inflated
     * @param last whether the entry ends here, proven
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed over, never compared
    record Piece(ZipHeader entry, byte[] bytes, boolean last) {}

    void feed(byte[] bytes) {
        input.add(bytes);
    }

    /** The next piece, or null if more input is needed first. */
    @Nullable Piece next() {
        while (true) {
            ZipHeader open = entry;
            if (open == null) {
                if (!header()) {
                    return null;
                }
            } else if (!dataOver) {
                byte[] bytes = data(open);
                if (bytes.length > 0) {
                    return new Piece(open, bytes, false);
                }
                if (!dataOver) {
                    return null;
                }
            } else if (proven(open)) {
                entry = null;
                return new Piece(open, new byte[0], true);
            } else {
                return null;
            }
        }
    }

    /** Reads what stands between entries, and behind the last one; false if the bytes ran out. */
    private boolean header() {
        byte[] bytes = input.array();
        int length = input.length() < 4 ? -1 : headerLength(bytes, input.length());
        if (length > MOST_HEADER) {
            throw malformed("a header is too long");
        }
        if (length < 0 || length > input.length()) {
            return false;
        }
        byte[] header = Arrays.copyOf(bytes, length);
        long at = input.before();
        input.drop(length);
        switch (ZipHeader.little(header).getInt(0)) {
            case ZipHeader.SIGNATURE -> begin(ZipHeader.read(header), at);
            case DIRECTORY -> listed(ZipHeader.little(header));
            case END -> ended();
            default -> {} // the wide forms repeat what is known
        }
        return true;
    }

    /** How long the header at the start of the bytes is, or -1 if that is not known yet. */
    private int headerLength(byte[] bytes, int available) {
        ByteBuffer buffer = ZipHeader.little(bytes);
        int signature = buffer.getInt(0);
        if (over) {
            throw malformed("bytes follow its end");
        }
        return switch (signature) {
            case ZipHeader.SIGNATURE -> ZipHeader.length(bytes, available);
            case DIRECTORY ->
                available < 46 ? -1 : 46 + unsigned(buffer, 28) + unsigned(buffer, 30) + unsigned(buffer, 32);
            case WIDE_END ->
                available < 12 ? -1 : (int) Math.min(MOST_HEADER + 1L, Math.max(12, 12 + buffer.getLong(4)));
            case WIDE_LOCATOR -> 20;
            case END -> available < 22 ? -1 : 22 + unsigned(buffer, 20);
            default -> throw malformed(seen == 0 && entries.isEmpty() ? "it is no zip archive" : "a header is damaged");
        };
    }

    private static int unsigned(ByteBuffer buffer, int at) {
        return buffer.getShort(at) & 0xFFFF;
    }

    private void begin(ZipHeader header, long at) {
        if (++seen > limits.entries()) {
            throw new LimitExceeded("the zip archive has more than " + limits.entries()
                    + " entries; raise limits.archive_entries if the API really sends such archives");
        }
        entry = header;
        entryAt = at;
        packed = 0;
        size = 0;
        dataOver = false;
        checksum.reset();
        inflater.reset();
    }

    private byte[] data(ZipHeader open) {
        byte[] bytes = open.deflated() ? inflated() : stored(open.check().packed());
        checksum.update(bytes);
        size += bytes.length;
        inflated += bytes.length;
        if (inflated > limits.inflatedBytes()
                || (inflated > RATIO_COUNTS_FROM && inflated / limits.ratio() > input.before())) {
            throw new LimitExceeded(
                    "the zip archive unpacks to more than " + limits.inflatedBytes()
                            + " bytes, or to more" + " than " + limits.ratio()
                            + " times its size; raise limits.inflated_bytes or limits.inflate_ratio if the API really sends such archives");
        }
        return bytes;
    }

    private byte[] stored(long length) {
        int count = (int) Math.min(Math.min(length - packed, input.length()), Format.STEP);
        byte[] bytes = Arrays.copyOf(input.array(), count);
        input.drop(count);
        packed += count;
        dataOver = packed == length;
        return bytes;
    }

    private byte[] inflated() {
        inflater.setInput(input.array(), 0, input.length());
        byte[] room = new byte[(int) Math.min(Format.STEP, Math.max(1 << 12, 4L * input.length()))];
        int count;
        try {
            count = inflater.inflate(room);
        } catch (DataFormatException damaged) {
            throw new MalformedPayload("an entry of the zip archive is damaged", damaged);
        }
        if (inflater.needsDictionary()) {
            throw malformed("an entry asks for a preset dictionary");
        }
        int used = input.length() - inflater.getRemaining();
        input.drop(used);
        packed += used;
        dataOver = inflater.finished();
        return Arrays.copyOf(room, count);
    }

    /** Whether checksum and sizes have come; they are right then. */
    private boolean proven(ZipHeader open) {
        ZipCheck check = open.described() ? described(open.wide() || size > NARROW || packed > NARROW) : open.check();
        if (check == null) {
            return false;
        }
        if (!check.equals(new ZipCheck((int) checksum.getValue(), packed, size))) {
            throw malformed("an entry fails its own checksum or size");
        }
        entries.put(entryAt, check.crc());
        return true;
    }

    private @Nullable ZipCheck described(boolean wide) {
        ByteBuffer buffer = ZipHeader.little(input.array());
        int skip = input.length() >= 4 && buffer.getInt(0) == DESCRIPTOR ? 4 : 0;
        int length = skip + (wide ? 20 : 12);
        if (input.length() < length) {
            return null;
        }
        ZipCheck check = new ZipCheck(
                buffer.getInt(skip),
                wide ? buffer.getLong(skip + 4) : buffer.getInt(skip + 4) & NARROW,
                wide ? buffer.getLong(skip + 12) : buffer.getInt(skip + 8) & NARROW);
        input.drop(length);
        return check;
    }

    private void listed(ByteBuffer header) {
        long at = header.getInt(42) & NARROW;
        Integer crc = at == NARROW ? null : entries.remove(at);
        if (at != NARROW && (crc == null || crc != header.getInt(16))) {
            throw malformed("its directory does not name the entries that came");
        }
    }

    private void ended() {
        if (entries.keySet().stream().anyMatch(at -> at < NARROW)) {
            throw malformed("its directory does not name all entries");
        }
        over = true;
    }

    /** Proves that the archive ended where its bytes did. */
    void end() {
        if (!over) {
            throw new TruncatedResponse("the zip archive ends before its directory does");
        }
        if (input.length() > 0) {
            throw malformed("bytes follow its end");
        }
    }

    private static MalformedPayload malformed(String what) {
        return new MalformedPayload("the zip archive cannot be read: " + what
                + "; the API sent it so: ask for the file by hand and report it to the API's owner");
    }

    @Override
    public void close() {
        inflater.end();
    }
}
