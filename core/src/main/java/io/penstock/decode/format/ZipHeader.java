package io.penstock.decode.format;

import io.penstock.error.BadAnswer.MalformedPayload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What stands before the bytes of one entry of a zip archive (APPNOTE 6.3.10, section 4.3.7).
 *
 * @param name as the archive has it; never used as a path
 * @param deflated whether it is compressed
 * @param described whether checksum and sizes come behind the data
 * @param wide whether sizes have 64 bits
 * @param check checksum and sizes, unless they come behind
 */
record ZipHeader(String name, boolean deflated, boolean described, boolean wide, ZipCheck check) {

    static final int SIGNATURE = 0x04034b50;

    private static final int FIXED = 30;
    private static final int WIDE_SIZES = 0x0001;
    private static final int ENCRYPTED = 1;
    private static final int DESCRIBED = 1 << 3;
    private static final int DEFLATED = 8;

    /** How long the header at the start of {@code bytes} is, or -1 if that is not known yet. */
    static int length(byte[] bytes, int available) {
        if (available < FIXED) {
            return -1;
        }
        ByteBuffer buffer = little(bytes);
        return FIXED + (buffer.getShort(26) & 0xFFFF) + (buffer.getShort(28) & 0xFFFF);
    }

    static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads a whole header. */
    static ZipHeader read(byte[] bytes) {
        ByteBuffer buffer = little(bytes);
        int flags = buffer.getShort(6);
        int method = buffer.getShort(8) & 0xFFFF;
        int nameLength = buffer.getShort(26) & 0xFFFF;
        String name = new String(bytes, FIXED, nameLength, StandardCharsets.UTF_8);
        boolean described = (flags & DESCRIBED) != 0;
        if ((flags & ENCRYPTED) != 0) {
            throw new MalformedPayload("an entry of the zip archive is encrypted: ask for an open one");
        }
        if (method != 0 && method != DEFLATED) {
            throw new MalformedPayload("an entry of the zip archive is compressed by method " + method
                    + ", but only deflate (8) and none (0) can be read");
        }
        if (method == 0 && described) {
            throw new MalformedPayload(
                    "an entry of the zip archive is stored without its size, so nothing tells where it"
                            + " ends: ask for a compressed one");
        }
        ZipCheck check =
                new ZipCheck(buffer.getInt(14), buffer.getInt(18) & 0xFFFFFFFFL, buffer.getInt(22) & 0xFFFFFFFFL);
        return sized(buffer, FIXED + nameLength, new ZipHeader(name, method == DEFLATED, described, false, check));
    }

    private static ZipHeader sized(ByteBuffer buffer, int from, ZipHeader narrow) {
        int end = from + (buffer.getShort(28) & 0xFFFF);
        for (int at = from; at + 4 <= end; at += 4 + (buffer.getShort(at + 2) & 0xFFFF)) {
            boolean wide = buffer.getShort(at) == WIDE_SIZES && (buffer.getShort(at + 2) & 0xFFFF) >= 16;
            if (wide && at + 20 <= end) {
                ZipCheck check = new ZipCheck(narrow.check.crc(), buffer.getLong(at + 12), buffer.getLong(at + 4));
                if (check.packed() < 0 || check.size() < 0) {
                    throw new MalformedPayload(
                            "an entry of the zip archive names a size above 2^63-1 bytes: it is damaged;"
                                    + " ask for the file by hand and report it to the API's owner");
                }
                return new ZipHeader(narrow.name, narrow.deflated, narrow.described, true, check);
            }
        }
        return narrow;
    }

    /** Whether it is a file that somebody meant to send: no folder, no hidden file, no resource fork. */
    boolean isFile() {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return !last.isEmpty() && last.charAt(0) != '.' && !name.startsWith("__MACOSX/");
    }

    /**
     * What proves an entry.
     *
     * @param crc checksum of the inflated bytes
     * @param packed bytes in the archive
     * @param size bytes after decompression
     */
    record ZipCheck(int crc, long packed, long size) {}
}
