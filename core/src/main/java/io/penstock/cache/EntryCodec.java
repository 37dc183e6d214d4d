package io.penstock.cache;

import io.penstock.message.Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Entries as bytes: a mark with the version, the key, the answer, and a checksum (CRC-32C) of all that.
 *
 * <p>Plain data; lengths are judged before anything is allocated, so bytes from a store that others write to do no harm.
 */
final class EntryCodec {

    private static final int MARK = 0x50_53_43_01; // PSC, version 1
    private static final int CHECKSUM = 4;
    private static final int MOST_FIELDS = 200;
    private static final int LONGEST_FIELD = 16 * 1024;

    private EntryCodec() {}

    static byte[] write(CacheKey key, Entry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(entry.body().length + 1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MARK);
            text(out, key.place());
            text(out, key.variant());
            out.writeLong(entry.since().toEpochMilli());
            out.writeShort(entry.status());
            fields(out, entry.headers());
            out.writeInt(entry.body().length);
            out.write(entry.body());
            out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void fields(DataOutputStream out, Headers headers) throws IOException {
        List<Map.Entry<String, String>> lines = new ArrayList<>();
        for (String name : headers.names()) {
            headers.all(name).forEach(value -> lines.add(Map.entry(name, value)));
        }
        out.writeShort(lines.size());
        for (Map.Entry<String, String> line : lines) {
            text(out, line.getKey());
            text(out, line.getValue());
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** The entry, if these bytes are one of {@code key}, whole, and no larger than allowed. */
    static Optional<Entry> read(CacheKey key, byte[] bytes, int largest) {
        int end = bytes.length - CHECKSUM;
        if (end < CHECKSUM || ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, end))) {
            boolean ours = in.readInt() == MARK && text(in).equals(key.place()) && text(in).equals(key.variant());
            return ours ? Optional.of(answer(in, largest)) : Optional.empty();
        } catch (IOException notAnEntry) {
            return Optional.empty();
        }
    }

    private static Entry answer(DataInputStream in, int largest) throws IOException {
        Instant since = Instant.ofEpochMilli(in.readLong());
        int status = in.readUnsignedShort();
        int count = in.readUnsignedShort();
        if (count > MOST_FIELDS) {
            throw new IOException("too many fields");
        }
        List<Map.Entry<String, String>> lines = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lines.add(Map.entry(text(in), text(in)));
        }
        int length = in.readInt();
        if (length < 0 || length > largest || length != in.available()) {
            throw new IOException("a body of another length");
        }
        return new Entry(since, status, Headers.received(lines), in.readNBytes(length));
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > LONGEST_FIELD || length > in.available()) {
            throw new IOException("a field of another length");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }
}
