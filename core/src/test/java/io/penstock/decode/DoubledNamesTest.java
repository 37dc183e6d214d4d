package io.penstock.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A doubled name is seen wherever it stands, however many names there are. */
class DoubledNamesTest {

    @Test
    void namesOfInnerObjectsDoNotHideOrFeignDoubledOnes() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            String document = "[" + object(random, 4) + "," + object(random, 4) + "]";
            Decoded decoded = Decoded.of(document, "");
            JsonNode tree = Oracle.line(document);
            for (int i = 0; i < 2; i++) {
                String line = decoded.lines().get(i);
                assertThat(Oracle.line(line)).as("seed %d: %s", seed, document).isEqualTo(tree.get(i));
                assertThat(line)
                        .as("seed %d: %s", seed, document)
                        .hasSameSizeAs(tree.get(i).toString());
            }
        }
    }

    private static String object(Random random, int depth) {
        StringBuilder text = new StringBuilder("{");
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append('"').append(name(random)).append("\":");
            text.append(
                    depth == 0 || random.nextBoolean()
                            ? "1"
                            : random.nextBoolean() ? object(random, depth - 1) : "[" + object(random, depth - 1) + "]");
            text.append(i > 1 ? "," : "");
        }
        return text.append('}').toString();
    }

    private static String name(Random random) {
        String[] names = {
            "", "a", "b", "id", "sevenby", "eightbyt", "ninebytes", "ninebytez", "sixteen bytes go", "a name beyond"
        };
        return names[random.nextInt(names.length)];
    }

    @Test
    void namesBeyondThoseThatAreRememberedAreSeenToo() {
        StringBuilder inner = new StringBuilder("{");
        for (int i = 0; i < 9_000; i++) {
            inner.append("\"key").append(i).append("\":{\"key").append(i).append("\":0},");
        }
        String sound = "{\"map\":" + inner + "\"last\":1}}";
        assertThat(Decoded.of("[" + sound + "]", "").lines()).containsExactly(sound);
        String early = "{\"map\":" + inner + "\"key17\":1}}";
        assertThat(Decoded.of("[" + early + "]", "").lines())
                .containsExactly(early.replace("\"key17\":{\"key17\":0},", ""));
        String late = "{\"map\":" + inner + "\"key8999\":1}}";
        assertThat(Decoded.of("[" + sound + "," + late + "]", "").lines())
                .containsExactly(sound, late.replace("\"key8999\":{\"key8999\":0},", ""));
    }

    @Test
    void manyDifferentFieldsOfRecordsHaveALimit() {
        StringBuilder lines = new StringBuilder("[0");
        for (int i = 0; i < 100_001; i++) {
            lines.append(",{\"f").append(i).append("\":1}");
        }
        assertThat(Decoded.of(lines + "]", "").failure())
                .startsWith("LimitExceeded")
                .contains("different field names");
    }
}
