package io.penstock.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.decode.Decoders.TextRepair;
import io.penstock.record.Pointer;
import io.penstock.record.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A decoder that has read documents before reads the next one as a new decoder does. Budget: 10 s. */
class DecoderReuseTest {

    private static final int DOCUMENTS = 5_000;

    private static Decoder decoder(String pointer) {
        return Decoders.json(
                Pointer.of(pointer), Set.of(Pointer.of("/next")), DecodeLimits.DEFAULT, TextRepair.REPLACE);
    }

    private static Decoded read(Decoder decoder, byte[] document, Random cuts) {
        return Decoded.cut(decoder, document, () -> 1 + cuts.nextInt(document.length + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/items", "/data/items"})
    void whatCameBeforeChangesNothing(String pointer) {
        Decoder used = decoder(pointer);
        for (long seed = 0; seed < DOCUMENTS; seed++) {
            RandomJson random = new RandomJson(new Random(seed));
            String whole = random.document(pointer);
            byte[] document = seed % 5 == 0 ? random.broken(whole) : whole.getBytes(StandardCharsets.UTF_8);
            Decoder fresh = decoder(pointer);
            Decoded expected = read(fresh, document.clone(), new Random(seed));
            Decoded found = read(used, document.clone(), new Random(seed));
            assertThat(found.lines()).as("seed %d", seed).isEqualTo(expected.lines());
            assertThat(found.values()).as("seed %d", seed).isEqualTo(expected.values());
            assertThat(found.shape()).as("seed %d", seed).isEqualTo(expected.shape());
            assertThat(found.failure()).as("seed %d", seed).isEqualTo(expected.failure());
            assertThat(used.repairs())
                    .as("seed %d", seed)
                    .isEqualTo(expected.failed() ? used.repairs() : fresh.repairs());
            used = expected.failed() || !used.reset() ? decoder(pointer) : used;
        }
    }

    @Test
    void pagesOfOneShapeShareIt() {
        Decoder decoder = decoder("/items");
        Shape first = shape(decoder, "{\"items\":[{\"id\":1,\"name\":\"a\"}]}");
        assertThat(shape(decoder, "{\"items\":[{\"id\":2,\"name\":\"b\"}]}")).isSameAs(first);
        assertThat(shape(decoder, "{\"items\":[{\"ok\":false}]}").fields()).containsOnlyKeys("ok");
        assertThat(shape(decoder, "{\"items\":[{\"id\":3,\"name\":null}]}").fields())
                .isEqualTo(Map.of("id", Shape.LONG, "name", Shape.NULL));
    }

    private static Shape shape(Decoder decoder, String document) {
        Shape shape =
                decoder.decode(document.getBytes(StandardCharsets.UTF_8), true).shape();
        assertThat(decoder.reset()).isTrue();
        return shape;
    }

    @Test
    void namesThatNobodyRepeatsAreNotKept() {
        Decoder decoder = decoder("/items");
        StringBuilder record = new StringBuilder("{\"items\":[{\"a\":1");
        for (int i = 0; i < 2_000; i++) {
            record.append(",\"name").append(i).append("\":1");
        }
        Decoded.cut(decoder, record.append("}]}").toString().getBytes(StandardCharsets.UTF_8), () -> 100);
        assertThat(decoder.reset()).isFalse();
    }
}
