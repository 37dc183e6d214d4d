package io.penstock.runner.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.record.RecordBytes;
import io.penstock.record.Shape;
import io.penstock.record.StreamInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTest {

    private static final String SCHEMA = """
            {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","additionalProperties":false,
             "required":["id","at","price"],
             "properties":{
               "id":{"type":"integer"},"at":{"type":"string","format":"date-time"},"gone":{"type":"boolean"},
               "price":{"type":"string"},"email":{"type":["string","null"]},
               "address":{"$ref":"#/$defs/address"},"ship":{"$ref":"#/$defs/address"}},
             "$defs":{"address":{"type":"object","properties":{"city":{"type":"string"},"zip":{"type":"string"}}}}}
            """;

    private static Mapping orders(Map<String, ?> settings) {
        return Mapping.of(Mappings.planned(settings), Mappings.orders(SCHEMA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "at", "gone"})
    void whatAStreamCannotDoWithoutIsNotTakenAway(String vital) {
        List<Map<String, ?>> harmful = List.of(
                Map.of("drop", vital),
                Map.of("mask", vital),
                Map.of("hash", Map.of(vital, "sha256")),
                Map.of("set", Map.of(vital, 1)),
                Map.of("flatten", Map.of(vital, "_")),
                Map.of("cast", Map.of(vital, "integer")),
                Map.of("rename", Map.of("price", vital)),
                Map.of("drop", vital + ".part"),
                Map.of("select", List.of("price")));
        for (Map<String, ?> settings : harmful) {
            assertThatThrownBy(() -> orders(settings))
                    .as(settings.toString())
                    .isInstanceOf(ConfigError.class)
                    .hasMessageContaining("'" + vital + "'")
                    .hasMessageContaining("must stay");
        }
    }

    @Test
    void aKeyMayBeRenamedAndBecomeTextButACursorMayNot() {
        StreamInfo info = orders(Map.of("rename", Map.of("id", "order_id"), "cast", Map.of("id", "string")))
                .info();
        assertThat(info.primaryKey()).containsExactly("order_id");
        assertThat(info.schema().orElseThrow()).contains("\"order_id\":{\"type\":\"string\"}");
        assertThat(info.cursorField()).contains("at");
        assertThatThrownBy(() -> orders(Map.of("rename", Map.of("at", "changed"))))
                .hasMessageContaining("'at' is the cursor of shop/orders");
    }

    @Test
    void theSchemaChangesInStepWithTheRecords() throws Exception {
        String schema = orders(Map.of(
                        "select", List.of("id", "at", "gone", "price", "email", "address", "ship.city"),
                        "cast", Map.of("price", "number"),
                        "hash", Map.of("email", "sha256"),
                        "set", Map.of("origin", "shop"),
                        "drop", "address.zip",
                        "flatten", Map.of("address", "_"),
                        "rename", Map.of("price", "total")))
                .info()
                .schema()
                .orElseThrow();
        assertThat(new com.fasterxml.jackson.databind.ObjectMapper()
                        .readTree(schema)
                        .path("properties"))
                .hasToString("{\"id\":{\"type\":\"integer\"},\"at\":{\"type\":\"string\",\"format\":\"date-time\"},"
                        + "\"gone\":{\"type\":\"boolean\"},\"total\":{\"type\":\"number\"},"
                        + "\"email\":{\"type\":[\"string\",\"null\"]},"
                        + "\"ship\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}},"
                        + "\"origin\":{\"type\":[\"string\",\"null\"]},\"address_city\":{\"type\":\"string\"}}");
        assertThat(schema).contains("\"required\":[\"id\",\"at\",\"total\"]");
    }

    @Test
    void aMistypedFieldOfAClosedSchemaIsFound() {
        assertThatThrownBy(() -> orders(Map.of("mask", "emial")))
                .hasMessageContaining("emial: is not a field of the stream")
                .hasMessageContaining("email");
        assertThat(orders(Map.of("set", Map.of("x", 1), "drop", "x")).info().id())
                .isEqualTo(Mappings.ORDERS);
    }

    @Test
    void aDeletionPassesTheFilterAndIsNeitherValidatedNorFilled() {
        Mapping mapping = orders(Map.of(
                "filter", Map.of("price", Map.of("present", true)), "validate", "strict", "set", Map.of("x", "1")));
        Mapped mapped = mapping.apply(
                Mappings.records("{\"id\":1,\"gone\":true}", "{\"id\":2,\"at\":\"t\",\"price\":\"1\",\"gone\":false}"));
        assertThat(mapped.misfits()).isEmpty();
        assertThat(Mappings.lines(mapped.records()))
                .containsExactly(
                        "{\"id\":1,\"gone\":true}",
                        "{\"id\":2,\"at\":\"t\",\"price\":\"1\",\"gone\":false,\"x\":\"1\"}");
    }

    @Test
    void strictValidationNamesPlaceAndRuleButNoValue() {
        RecordBytes records = Mappings.records(
                "{\"id\":1,\"at\":\"t\",\"price\":\"1\"}",
                "{\"id\":1,\"at\":\"t\",\"price\":\"1\",\"address\":{\"zip\":4711}}");
        Mapped mapped = orders(Map.of("validate", "strict")).apply(records);
        assertThat(mapped.records().size()).isEqualTo(1);
        Misfit misfit = mapped.misfits().get(0);
        assertThat(misfit.pointer()).isEqualTo("/address/zip");
        assertThat(misfit.code()).isEqualTo("SchemaViolation");
        assertThat(misfit.reason()).contains("type: \"string\"").doesNotContain("4711");
        assertThat(misfit.record()).isEqualTo(records.copy(1));
    }

    @Test
    void warningLetsRecordsThroughAndCountsThem() {
        RecordBytes records = Mappings.records("{\"id\":1}", "{\"id\":1,\"at\":\"t\",\"price\":\"1\"}");
        Mapped mapped = orders(Map.of("validate", "warn")).apply(records);
        assertThat(mapped.records()).isSameAs(records);
        assertThat(mapped.warned()).isEqualTo(1);
        assertThat(mapped.misfits()).isEmpty();
    }

    @Test
    void validationNeedsASchema() {
        RecordBytes records = Mappings.records("{\"id\":1}");
        assertThat(Mappings.of(Map.of("validate", "warn")).apply(records).records())
                .as("who only wants to be warned loses nothing")
                .isSameAs(records);
        assertThatThrownBy(() -> Mappings.of(Map.of("validate", "strict")))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("its source gives no JSON Schema");
    }

    @Test
    void aMisfitLeavesItsNeighboursAndTheirShape() {
        Mapped mapped = Mappings.of(Map.of("cast", Map.of("v", "integer")))
                .apply(Mappings.records("{\"v\":\"1\"}", "{\"v\":\"x\"}", "{\"v\":3}"));
        assertThat(Mappings.lines(mapped.records())).containsExactly("{\"v\":1}", "{\"v\":3}");
        assertThat(mapped.records().shape().fields()).containsEntry("v", Shape.LONG);
        assertThat(new String(mapped.misfits().get(0).record(), StandardCharsets.UTF_8))
                .isEqualTo("{\"v\":\"x\"}");
    }

    @Test
    void whatIsMaskedAndHashedIsSoInAMisfitToo() {
        Mapped mapped = Mappings.of(Map.of(
                        "cast", Map.of("v", "integer"),
                        "mask", List.of("name", "people.phone"),
                        "hash", Map.of("email", "sha256"),
                        "drop", List.of("note")))
                .apply(Mappings.records(
                        "{\"v\":\"x\",\"name\":\"Ada\",\"email\":\"a@x.org\",\"note\":1.50,\"people\":[{\"phone\":\"1\",\"of\":2}]}",
                        "[\"Ada\"]"));
        assertThat(mapped.misfits())
                .extracting(misfit -> new String(misfit.record(), StandardCharsets.UTF_8))
                .containsExactly(
                        "{\"v\":\"x\",\"name\":\"***\","
                                + "\"email\":\"907d7bf93d60cbe6565458bb0fe7e8fac60dffe3561e27cce320947f1a13ef8b\","
                                + "\"note\":1.50,\"people\":[{\"phone\":\"***\",\"of\":2}]}",
                        "\"***\"");
    }
}
