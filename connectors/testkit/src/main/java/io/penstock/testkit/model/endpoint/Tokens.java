package io.penstock.testkit.model.endpoint;

import io.penstock.testkit.model.record.Draw;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/** Page tokens that clients are not meant to read: a few numbers and a check, in base64url. */
final class Tokens {

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final int salt;

    Tokens(long seed, String stream) {
        this.salt = (int) Draw.mix(seed, stream.hashCode(), 1);
    }

    String of(int index, long... numbers) {
        ByteBuffer buffer = ByteBuffer.allocate(8 + 8 * numbers.length).putInt(index);
        for (long number : numbers) {
            buffer.putLong(number);
        }
        buffer.putInt(check(buffer.array(), buffer.position()));
        return ENCODER.encodeToString(buffer.array());
    }

    /**
     * The numbers of a token, the index first.
     *
     * @throws Problem if this server never gave that token
     */
    long[] read(String token, int numbers) {
        byte[] bytes = decode(token);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int length = bytes.length - 4;
        if (length != 4 + 8 * numbers || buffer.getInt(length) != check(bytes, length)) {
            throw bad(token);
        }
        long[] read = new long[numbers + 1];
        read[0] = buffer.getInt();
        for (int at = 1; at <= numbers; at++) {
            read[at] = buffer.getLong();
        }
        return read;
    }

    private static byte[] decode(String token) {
        try {
            return DECODER.decode(token);
        } catch (IllegalArgumentException notBase64) {
            throw bad(token);
        }
    }

    static Problem bad(String token) {
        return Problem.badRequest(
                "bad_cursor", "'" + token + "' is no cursor of this query; begin again without a cursor");
    }

    private int check(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue() ^ salt;
    }
}
