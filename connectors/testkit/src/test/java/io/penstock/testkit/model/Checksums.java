package io.penstock.testkit.model;

import com.fasterxml.jackson.databind.JsonNode;
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
    static Truth of(Collection<JsonNode> records) {
        long checksum = 0;
        long keys = 0;
        for (JsonNode record : records) {
            checksum += first8(line(record));
            keys += first8(
                    record.path("id").asText() + ":" + record.path("version").asInt());
        }
        return new Truth(
                records.size(),
                HexFormat.of().toHexDigits(checksum),
                HexFormat.of().toHexDigits(keys));
    }

    /** The record as served; one escape that Jackson would not write is put back. */
    private static String line(JsonNode record) {
        return record.toString();
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
