package io.penstock.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Whatever a store that others write to holds: an entry that is written and read again alike, or none. */
class EntryCodecFuzzTest {

    private static final CacheKey KEY = CacheKey.of(ApiRequest.of(Method.GET, URI.create("https://h/a")), "me");
    private static final int LARGEST = 1 << 12;

    @FuzzTest(maxDuration = "15s")
    void entry(byte[] bytes) {
        EntryCodec.read(KEY, bytes, LARGEST);
        Optional<Entry> read = EntryCodec.read(KEY, sealed(bytes), LARGEST);
        if (read.isPresent()) {
            assertThat(read.get().body()).hasSizeLessThanOrEqualTo(LARGEST);
            Optional<Entry> again = EntryCodec.read(KEY, EntryCodec.write(KEY, read.get()), LARGEST);
            assertThat(again.orElseThrow().headers().names())
                    .isEqualTo(read.get().headers().names());
            assertThat(again.get().status()).isEqualTo(read.get().status());
        }
    }

    /** The bytes behind mark and key, with the right checksum. */
    private static byte[] sealed(byte[] bytes) {
        byte[] place = KEY.place().getBytes(StandardCharsets.UTF_8);
        byte[] variant = KEY.variant().getBytes(StandardCharsets.UTF_8);
        ByteBuffer sealed = ByteBuffer.allocate(4 * Integer.BYTES + place.length + variant.length + bytes.length);
        sealed.putInt(0x50_53_43_01).putInt(place.length).put(place);
        sealed.putInt(variant.length).put(variant).put(bytes);
        CRC32C sum = new CRC32C();
        sum.update(sealed.array(), 0, sealed.position());
        return sealed.putInt((int) sum.getValue()).array();
    }
}
