package io.penstock.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** However a document is cut, the decoder makes the same of it. */
class DecodePiecesTest {

    private static final int DOCUMENTS = 4_000;

    @Test
    void makesTheSameOfSoundAndBrokenDocumentsHoweverTheyAreCut() {
        for (long seed = 0; seed < DOCUMENTS; seed++) {
            Random random = new Random(seed);
            RandomJson json = new RandomJson(random);
            String pointer = new String[] {"", "/items", "/data/items"}[random.nextInt(3)];
            String document = json.document(pointer);
            byte[] bytes = random.nextBoolean() ? json.broken(document) : document.getBytes(StandardCharsets.UTF_8);
            compare(() -> Decoded.json(pointer, "/before1", "/data/after1", "/0/a"), bytes, random, "seed " + seed);
        }
    }

    @Test
    void makesTheSameOfLinesHoweverTheyAreCut() {
        for (long seed = 0; seed < DOCUMENTS; seed++) {
            Random random = new Random(seed);
            RandomJson json = new RandomJson(random);
            String document =
                    "\n" + json.document("") + "\r\n\n" + json.document("/items") + "\n1\n" + json.document("");
            byte[] bytes = random.nextBoolean() ? json.broken(document) : document.getBytes(StandardCharsets.UTF_8);
            compare(() -> Decoders.ndjson(DecodeLimits.DEFAULT), bytes, random, "seed " + seed);
        }
    }

    private static void compare(Supplier<Decoder> decoders, byte[] document, Random random, String seed) {
        Decoded whole = Decoded.whole(decoders.get(), document);
        Supplier<String> about = () -> seed + ": " + new String(document, StandardCharsets.UTF_8);
        for (int size : new int[] {1, 2, 7, 64, 4096}) {
            assertThat(Decoded.cut(decoders.get(), document, size)).as(about).isEqualTo(whole);
        }
        assertThat(Decoded.cut(decoders.get(), document, () -> random.nextInt(30)))
                .as(about)
                .isEqualTo(whole);
    }

    @Test
    void appliesLimitsToPiecesToo() {
        DecodeLimits limits = new DecodeLimits(64, 4, 8, 32, 10, 5);
        for (String record : new String[] {
            "\"" + "x".repeat(33) + "\"",
            "{\"a2345678b\":1}",
            "[[[[1]]]]",
            "12345678901",
            "1e11",
            "[" + "1,".repeat(40) + "1]"
        }) {
            byte[] document = ("{\"items\":[" + record + "]}").getBytes(StandardCharsets.UTF_8);
            Supplier<Decoder> decoders = () -> Decoders.json(Pointer.of("/items"), Set.of(), limits);
            Decoded whole = Decoded.whole(decoders.get(), document);
            assertThat(whole.failed()).as(record).isTrue();
            for (int size : new int[] {1, 7, 4096}) {
                assertThat(Decoded.cut(decoders.get(), document, size).failure().split(":")[0])
                        .as(record)
                        .isEqualTo(whole.failure().split(":")[0]);
            }
        }
    }
}
