package io.penstock.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Records in several arrays of one document. Budget: 10 s. */
class StarPointerTest {

    private static final int DOCUMENTS = 4_000;

    @Test
    void gathersTheArraysOfAllElements() {
        Decoded read = Decoded.of(
                "{\"next\":7,\"data\":[{\"items\":[1,{\"a\":2}],\"n\":1},{\"items\":null},{},{\"items\":[]},{\"items\":[3]}]}",
                "/data/*/items",
                "/next");
        assertThat(read.failure()).isEmpty();
        assertThat(read.lines()).containsExactly("1", "{\"a\":2}", "3");
        assertThat(read.values()).containsValue("7");
    }

    @Test
    void gathersTheArraysOfAllFieldsAndTheObjectsInsideElements() {
        assertThat(Decoded.of("{\"a\":[1,2],\"b\":[3]}", "/*").lines()).containsExactly("1", "2", "3");
        assertThat(Decoded.of("{\"edges\":[{\"node\":{\"id\":1}},{\"node\":{\"id\":2}}]}", "/edges/*/node")
                        .lines())
                .containsExactly("{\"id\":1}", "{\"id\":2}");
        assertThat(Decoded.of("[[[1],[2]],[[3]]]", "/*/*").lines()).containsExactly("1", "2", "3");
    }

    @Test
    void noElementAtAllIsNoneAndNoneThatHasItIsAWrongPointer() {
        assertThat(Decoded.of("{\"data\":[]}", "/data/*/items").failed()).isFalse();
        assertThat(Decoded.of("{\"data\":[{\"itms\":[1]}]}", "/data/*/items").failure())
                .startsWith("UnexpectedContent")
                .contains("itms (array)");
        assertThat(Decoded.of("{\"dta\":[]}", "/data/*/items").failure()).startsWith("UnexpectedContent");
    }

    @Test
    void refusesACaptureInsideWhatTheStarStandsFor() {
        assertThatThrownBy(() -> Decoded.of("{}", "/data/*/items", "/data/0/next"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void agreesWithJacksonHoweverTheDocumentIsCut() {
        for (long seed = 0; seed < DOCUMENTS; seed++) {
            Random random = new Random(seed);
            RandomJson json = new RandomJson(random);
            StringBuilder text = new StringBuilder("{\"data\":[");
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                text.append(i == 0 ? "" : ",").append(json.document("/items"));
            }
            byte[] document = text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
            List<JsonNode> expected = new ArrayList<>();
            Oracle.line(text.toString())
                    .at("/data")
                    .forEach(element -> element.path("items").forEach(expected::add));
            Decoded whole = Decoded.whole(Decoded.json("/data/*/items"), document);
            Supplier<String> about = () -> text + "\n" + whole.failure();
            if (whole.failed()) {
                assertThat(whole.failure()).as(about).contains("two values at");
                continue;
            }
            assertThat(whole.lines().stream().map(Oracle::line).toList())
                    .as(about)
                    .isEqualTo(expected);
            for (int size : new int[] {1, 5, 64}) {
                assertThat(Decoded.cut(Decoded.json("/data/*/items"), document, size))
                        .as(about)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void halfASurrogatePairIsReplacedAndCountedOrRefused() {
        byte[] document = "[{\"a\":\"x\\ud83d\"},{\"b\":\"\\ude00\\ud83d\\ude00\"}]".getBytes(StandardCharsets.UTF_8);
        Decoder replacing = Decoders.json(Decoded.ROOT, java.util.Set.of(), DecodeLimits.DEFAULT);
        assertThat(Decoded.whole(replacing, document).lines())
                .containsExactly("{\"a\":\"x\uFFFD\"}", "{\"b\":\"\uFFFD\\ud83d\\ude00\"}");
        assertThat(replacing.repairs()).isEqualTo(2);
        Decoder refusing =
                Decoders.json(Decoded.ROOT, java.util.Set.of(), DecodeLimits.DEFAULT, Decoders.TextRepair.REJECT);
        assertThat(Decoded.whole(refusing, document).failure())
                .startsWith("RecordRejected")
                .contains("/0");
    }
}
