package io.penstock.decode;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Thousands of random documents, sound and broken: the decoder and Jackson must agree on each. */
class DecodeDifferentialTest {

    private static final int DOCUMENTS = 5_000;

    @ParameterizedTest
    @ValueSource(strings = {"", "/items", "/data/items"})
    void agreesWithJacksonOnSoundDocuments(String pointer) {
        for (long seed = 0; seed < DOCUMENTS; seed++) {
            String document = new RandomJson(new Random(seed)).document(pointer);
            Differential.json(document.getBytes(StandardCharsets.UTF_8), pointer, "seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/items", "/data/items"})
    void agreesWithJacksonOnBrokenDocuments(String pointer) {
        for (long seed = 0; seed < 2 * DOCUMENTS; seed++) {
            RandomJson random = new RandomJson(new Random(seed));
            Differential.json(random.broken(random.document(pointer)), pointer, "seed " + seed);
        }
    }
}
