package io.penstock.source;

import io.penstock.record.RecordBytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Tells records apart by 128 bits of the SHA-256 of their bytes. For one thread at a time. */
final class Fingerprints {

    private static final int BYTES = 16;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final MessageDigest digest = sha256();

    String of(RecordBytes records, int i) {
        digest.update(records.array(), records.start(i), records.end(i) - records.start(i));
        return TEXT.encodeToString(Arrays.copyOf(digest.digest(), BYTES));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
