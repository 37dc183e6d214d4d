package io.penstock.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.testkit.model.data.Truth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDataTest {

    private static final int RECORDS = 3000;
    private static final ModelData DATA = ModelData.of(42, RECORDS);

    static List<String> streams() {
        return ModelData.streams();
    }

    private static Map<String, JsonNode> table(ModelData data, String stream, int revision) {
        Map<String, JsonNode> table = new LinkedHashMap<>();
        lines(data, stream, revision).lines().forEach(line -> {
            try {
                JsonNode record = Client.JSON.readTree(line);
                table.put(record.path("id").asText(), record);
            } catch (JsonProcessingException broken) {
                throw new IllegalStateException(line, broken);
            }
        });
        return table;
    }

    private static String lines(ModelData data, String stream, int revision) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            data.writeLines(stream, revision, out);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void theSameSeedGivesTheSameBytesAndAnotherSeedDoesNot(String stream) {
        assertThat(lines(ModelData.of(42, RECORDS), stream, 3)).isEqualTo(lines(DATA, stream, 3));
        assertThat(lines(ModelData.of(43, RECORDS), stream, 3)).isNotEqualTo(lines(DATA, stream, 3));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void theTruthIsWhatTheLinesAddUpTo(String stream) {
        for (int revision = 1; revision <= 5; revision++) {
            List<Client.Row> rows = lines(DATA, stream, revision)
                    .lines()
                    .map(line -> new Client.Row(line, Client.node(line)))
                    .toList();
            assertThat(DATA.truth(stream, revision)).isEqualTo(Checksums.of(rows));
            assertThat(DATA.rows(stream, revision)).isEqualTo(rows.size());
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void everyRevisionChangesTheSharesItShouldAndLaterThanAllBefore(String stream) {
        for (int revision = 2; revision <= 4; revision++) {
            Map<String, JsonNode> before = table(DATA, stream, revision - 1);
            Map<String, JsonNode> after = table(DATA, stream, revision);
            long inserted = after.keySet().stream()
                    .filter(id -> !before.containsKey(id))
                    .count();
            long deleted = before.keySet().stream()
                    .filter(id -> !after.containsKey(id))
                    .count();
            List<JsonNode> changed = after.values().stream()
                    .filter(record ->
                            !record.equals(before.get(record.path("id").asText())))
                    .toList();
            assertThat(inserted).isEqualTo(RECORDS / 100);
            if (stream.equals("events")) {
                assertThat(deleted).isZero();
                assertThat(changed).hasSize(RECORDS / 100);
            } else {
                assertThat(deleted).isBetween(3L, 35L);
                assertThat(changed.size() - inserted).isBetween(30L, 95L);
            }
            String day = "2026-01-0" + (revision - 1);
            assertThat(changed)
                    .allMatch(record -> record.path("updated_at").asText().startsWith(day));
            assertThat(changed)
                    .allMatch(record -> record.path("version").asInt()
                            == before.getOrDefault(record.path("id").asText(), Client.node("{\"version\":0}"))
                                            .path("version")
                                            .asInt()
                                    + 1);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void recordsHaveARealisticSizeAndBeginInTheYear2025(String stream) {
        String lines = lines(DATA, stream, 1);
        assertThat(lines.getBytes(StandardCharsets.UTF_8).length / RECORDS).isBetween(300, 600);
        assertThat(table(DATA, stream, 1).values())
                .hasSize(RECORDS)
                .allMatch(record -> record.path("version").asInt() == 1)
                .allMatch(record -> record.path("updated_at").asText().startsWith("2025-"))
                .allMatch(record -> record.path("updated_at")
                                .asText()
                                .compareTo(record.path("created_at").asText())
                        >= 0);
    }

    @Test
    void decimalsKeepTheirTwoPlaces() {
        assertThat(table(DATA, "orders", 1).values())
                .allMatch(order -> order.path("total").decimalValue().scale() == 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 5})
    void smallDataSetsWorkToo(long records) {
        ModelData small = ModelData.of(1, records);
        assertThat(small.rows("customers", 1)).isEqualTo(records);
        assertThat(small.rows("events", 3)).isEqualTo(records == 0 ? 0 : records + 2);
        assertThat(ModelData.of(1, 0).truth("orders", 2))
                .isEqualTo(new Truth(0, "0000000000000000", "0000000000000000"));
    }

    @Test
    void saysWhatItDoesNotHave() {
        assertThatThrownBy(() -> DATA.rows("people", 1)).hasMessageContaining("customers, orders");
        assertThatThrownBy(() -> DATA.rows("orders", 0)).hasMessageContaining("1 to 1000");
        assertThatThrownBy(() -> ModelData.of(1, -1)).hasMessageContaining("was -1");
    }
}
