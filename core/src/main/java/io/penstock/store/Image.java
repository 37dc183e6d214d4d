package io.penstock.store;

import io.penstock.store.ByteStore.Stored;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The file of one revision: a mark, the revision, the length and a checksum of all of it, then the bytes. */
final class Image {

    /** More is not read back: an entry is small. */
    static final int LARGEST = 16 << 20;

    private static final long MARK = 0x50_65_6e_73_74_6f_63_31L; // "Penstoc1"
    private static final int HEAD = 3 * Long.BYTES;

    private Image() {}

    static ByteBuffer of(Stored stored) {
        if (stored.bytes().length > LARGEST - HEAD) {
            throw new IllegalArgumentException("an entry has at most 16 MiB, but this one " + stored.bytes().length);
        }
        ByteBuffer image = ByteBuffer.allocate(HEAD + stored.bytes().length);
        image.putLong(MARK).putLong(stored.revision());
        image.putLong(sum(stored.revision(), stored.bytes()));
        return image.put(stored.bytes()).flip();
    }

    /** What {@code file} holds; null if it is not whole. */
    static @Nullable Stored read(byte[] file) {
        if (file.length < HEAD || file.length > LARGEST) {
            return null;
        }
        ByteBuffer image = ByteBuffer.wrap(file);
        long mark = image.getLong();
        long revision = image.getLong();
        long sum = image.getLong();
        byte[] bytes = Arrays.copyOfRange(file, HEAD, file.length);
        return mark == MARK && revision > 0 && sum == sum(revision, bytes) ? new Stored(revision, bytes) : null;
    }

    /** CRC-32C (RFC 9260, appendix A) of the content, above which stands its length. */
    private static long sum(long revision, byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(ByteBuffer.allocate(Long.BYTES).putLong(revision).flip());
        sum.update(bytes);
        return (long) bytes.length << 32 | sum.getValue();
    }
}
