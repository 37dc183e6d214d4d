package io.penstock.page;

import io.penstock.record.RecordBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;

/** A hash over all records of a page, by the processor's own instruction; the length goes into it too. */
final class ContentHash {

    private final CRC32C crc = new CRC32C();
    private long length;

    void add(RecordBytes batch) {
        try {
            batch.runs(this::update);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // nothing is written here
        }
    }

    private void update(byte[] array, int offset, int count) {
        crc.update(array, offset, count);
        length += count;
    }

    void clear() {
        crc.reset();
        length = 0;
    }

    long value() {
        return length << 32 | crc.getValue();
    }
}
