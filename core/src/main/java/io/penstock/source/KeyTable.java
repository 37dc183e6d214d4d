package io.penstock.source;

import io.penstock.record.FieldScan;
import io.penstock.record.RecordBytes;
import java.security.MessageDigest;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The keys of one page, each with a hash of the record it names; no object a record.
 *
 * <p>A key is known by 128 bits of its SHA-256, a record's content by its length and CRC-32C. For one thread at a time.
 */
final class KeyTable {

    private static final int LEAST = 64;

    private long[] high = new long[LEAST];
    private long[] low = new long[LEAST];
    private long[] contents = new long[LEAST];
    private int size;

    /** Finds the key and content of records. For one thread at a time. */
    static final class Reader {

        private final List<FieldScan> fields;
        private final MessageDigest digest = Fingerprints.sha256();
        private final CRC32C crc = new CRC32C();
        private long high;
        private long low;
        private long content;

        /** Reads the top-level fields {@code key}. */
        Reader(List<String> key) {
            this.fields = key.stream().map(FieldScan::of).toList();
        }

        /** Whether record {@code i} has the whole key. */
        boolean read(RecordBytes records, int i) {
            byte[] bytes = records.array();
            for (FieldScan field : fields) {
                if (!field.find(records, i)) {
                    digest.reset();
                    return false;
                }
                digest.update(bytes, field.start(), field.end() - field.start());
                digest.update((byte) '\n');
            }
            byte[] hash = digest.digest();
            high = number(hash, 0);
            low = number(hash, Long.BYTES) | 1; // never 0, which marks an empty place
            crc.reset();
            int length = records.end(i) - records.start(i);
            crc.update(bytes, records.start(i), length);
            content = (long) length << 32 | crc.getValue();
            return true;
        }

        private static long number(byte[] hash, int from) {
            return java.nio.ByteBuffer.wrap(hash).getLong(from);
        }
    }

    /** Remembers what {@code reader} has read. */
    void add(Reader reader) {
        if (2 * (size + 1) > low.length) {
            grow();
        }
        int place = place(reader.high, reader.low);
        size += low[place] == 0 ? 1 : 0;
        put(place, reader.high, reader.low, reader.content);
    }

    /** Whether the very record that {@code reader} has read is here. */
    boolean has(Reader reader) {
        int place = place(reader.high, reader.low);
        return low[place] != 0 && contents[place] == reader.content;
    }

    private int place(long keyHigh, long keyLow) {
        int mask = low.length - 1;
        int place = (int) keyLow >>> 1 & mask;
        while (low[place] != 0 && (low[place] != keyLow || high[place] != keyHigh)) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void put(int place, long keyHigh, long keyLow, long content) {
        high[place] = keyHigh;
        low[place] = keyLow;
        contents[place] = content;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        long[] oldContents = contents;
        high = new long[2 * oldLow.length];
        low = new long[2 * oldLow.length];
        contents = new long[2 * oldLow.length];
        for (int i = 0; i < oldLow.length; i++) {
            if (oldLow[i] != 0) {
                put(place(oldHigh[i], oldLow[i]), oldHigh[i], oldLow[i], oldContents[i]);
            }
        }
    }
}
