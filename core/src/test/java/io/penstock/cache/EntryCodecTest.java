package io.penstock.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntryCodecTest {

    private static final int LARGEST = 1 << 20;

    private final CacheKey key = CacheKey.of(ApiRequest.of(Method.GET, URI.create("https://h/a")), "me");
    private final Entry entry = new Entry(
            Instant.parse("2026-01-01T00:00:00.123Z"),
            200,
            Headers.received(List.of(Map.entry("ETag", "\"ü\""), Map.entry("Link", "<a>"), Map.entry("Link", "<b>"))),
            "{\"a\":1}".getBytes(StandardCharsets.UTF_8));

    @Test
    void givesBackWhatWasPutIn() {
        Entry read = EntryCodec.read(key, EntryCodec.write(key, entry), LARGEST).orElseThrow();
        assertThat(read.since()).isEqualTo(entry.since());
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.headers().all("link")).containsExactly("<a>", "<b>");
        assertThat(read.headers().first("etag")).contains("\"ü\"");
        assertThat(read.body()).isEqualTo(entry.body());
    }

    @Test
    void anEntryOfAnotherKeyIsNone() {
        CacheKey other = CacheKey.of(ApiRequest.of(Method.GET, URI.create("https://h/a")), "you");
        assertThat(EntryCodec.read(other, EntryCodec.write(key, entry), LARGEST))
                .isEmpty();
    }

    @Test
    void aBodyLargerThanAllowedIsNone() {
        byte[] bytes = EntryCodec.write(key, entry);
        assertThat(EntryCodec.read(key, bytes, entry.body().length)).isPresent();
        assertThat(EntryCodec.read(key, bytes, entry.body().length - 1)).isEmpty();
    }

    @Test
    void everySingleFlippedBitAndEveryCutIsNoticed() {
        byte[] bytes = EntryCodec.write(key, entry);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(EntryCodec.read(key, flipped, LARGEST)).as("bit " + bit).isEmpty();
        }
        for (int length = 0; length < bytes.length; length++) {
            assertThat(EntryCodec.read(key, Arrays.copyOf(bytes, length), LARGEST))
                    .isEmpty();
        }
    }

    @Test
    void rubbishIsNoneWhateverItsLengthsSay() {
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            byte[] rubbish = new byte[random.nextInt(200)];
            random.nextBytes(rubbish);
            assertThat(EntryCodec.read(key, rubbish, LARGEST)).isEmpty();
        }
    }
}
