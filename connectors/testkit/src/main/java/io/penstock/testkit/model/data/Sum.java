package io.penstock.testkit.model.data;

import io.penstock.testkit.model.record.Bytes;
import io.penstock.testkit.model.record.Facts;
import io.penstock.testkit.model.record.ModelStream;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Adds records up, and takes them away again. Not safe for concurrent use. */
final class Sum {

    private final MessageDigest sha256 = sha256();
    private final byte[] hash = new byte[32];
    private final Bytes line = new Bytes(1024);
    private long rows;
    private long checksum;
    private long keys;

    /** Counts the record that {@code reader} holds, unless it is deleted. */
    void add(ModelStream stream, RecordReader reader, Facts facts, int sign) {
        if (facts.deleted) {
            return;
        }
        rows += sign;
        reader.write(line.clear());
        checksum += sign * digest();
        stream.writeId(facts.index, line.clear());
        line.ascii(':').number(facts.version);
        keys += sign * digest();
    }

    void add(Sum other) {
        rows += other.rows;
        checksum += other.checksum;
        keys += other.keys;
    }

    Truth truth() {
        HexFormat hex = HexFormat.of();
        return new Truth(rows, hex.toHexDigits(checksum), hex.toHexDigits(keys));
    }

    private long digest() {
        try {
            sha256.update(line.array(), 0, line.length());
            sha256.digest(hash, 0, hash.length);
        } catch (DigestException impossible) {
            throw new IllegalStateException(impossible);
        }
        long first = 0;
        for (int at = 0; at < 8; at++) {
            first = (first << 8) | (hash[at] & 0xFF);
        }
        return first;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
