package io.penstock.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
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
            compare(document.getBytes(StandardCharsets.UTF_8), pointer, seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/items", "/data/items"})
    void agreesWithJacksonOnBrokenDocuments(String pointer) {
        for (long seed = 0; seed < 2 * DOCUMENTS; seed++) {
            RandomJson random = new RandomJson(new Random(seed));
            compare(random.broken(random.document(pointer)), pointer, seed);
        }
    }

    private static void compare(byte[] document, String pointer, long seed) {
        Decoded decoded = Decoded.whole(Decoded.json(pointer), document.clone());
        Optional<JsonNode> tree = Oracle.tree(withoutMark(document));
        Supplier<String> about = () -> "seed " + seed + ", records at '" + pointer + "': "
                + new String(document, StandardCharsets.UTF_8) + "\n" + decoded.failure();
        if (tree.isEmpty()) {
            assertThat(decoded.failed()).as(about).isTrue();
            return;
        }
        JsonNode records = tree.get().at(pointer);
        if (decoded.failed()) {
            assertThat(stricter(decoded.failure(), records)).as(about).isTrue();
            return;
        }
        assertThat(decoded.lines().stream().map(Oracle::line).toList())
                .as(about)
                .isEqualTo(expected(records));
    }

    private static byte[] withoutMark(byte[] document) {
        boolean marked = document.length >= 3
                && document[0] == (byte) 0xEF
                && document[1] == (byte) 0xBB
                && document[2] == (byte) 0xBF;
        return marked ? java.util.Arrays.copyOfRange(document, 3, document.length) : document;
    }

    /** Where the decoder refuses what Jackson takes: no records there, or two answers to where they are. */
    private static boolean stricter(String failure, JsonNode records) {
        return failure.startsWith("UnexpectedContent") && !records.isArray() && !records.isObject() && !records.isNull()
                || failure.contains("the document has two values at")
                || failure.startsWith("RecordRejected");
    }

    private static List<JsonNode> expected(JsonNode records) {
        List<JsonNode> expected = new ArrayList<>();
        if (records.isArray()) {
            records.forEach(expected::add);
        } else if (records.isObject()) {
            expected.add(records);
        }
        return expected;
    }
}
