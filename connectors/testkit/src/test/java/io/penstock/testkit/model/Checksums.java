package io.penstock.testkit.model;

import io.penstock.testkit.model.data.Truth;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** The sums of the README, worked out anew and the plain way. */
final class Checksums {

    private Checksums() {}

    /** Expects that no record is served twice and none is lost or changed. */
    static Truth of(Collection<Client.Row> records) {
        long checksum = 0;
        long keys = 0;
        for (Client.Row record : records) {
            checksum += first8(record.line());
            keys += first8(record.id() + ":" + record.node().path("version").asInt());
        }
        return new Truth(
                records.size(),
                HexFormat.of().toHexDigits(checksum),
                HexFormat.of().toHexDigits(keys));
    }

    static long first8(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
