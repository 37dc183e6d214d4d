package io.penstock.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record served is what its stream's schema says, to the last field. */
class SchemaIT {

    @RegisterExtension
    static final Served SERVED = new Served(ModelApi.builder().records(400).revision(2));

    private static final ModelApi API = SERVED.api;

    static List<String> streams() {
        return ModelData.streams();
    }

    @ParameterizedTest
    @MethodSource("streams")
    void recordsAreWhatTheSchemaSays(String stream) {
        Client client = new Client(API, 1);
        JsonNode schema = client.json("/schema/" + stream);
        assertThat(schema.at("/x-primary-key/0").asText()).isEqualTo("id");
        assertThat(schema.path("x-cursor").asText()).isEqualTo("updated_at");
        assertThat(schema.path("$schema").asText()).contains("2020-12");
        for (Client.Row row : client.walk(stream, "", 200)) {
            judge(schema, row.node(), row.id());
        }
    }

    private static void judge(JsonNode schema, JsonNode value, String where) {
        List<String> types = new ArrayList<>();
        JsonNode type = schema.path("type");
        type.forEach(each -> types.add(each.asText()));
        types.add(type.asText());
        assertThat(types)
                .as("%s: %s", where, value)
                .containsAnyOf(kind(value), kind(value).replace("integer", "number"));
        if (value.isObject()) {
            List<String> declared = new ArrayList<>();
            schema.path("properties").fieldNames().forEachRemaining(declared::add);
            List<String> served = new ArrayList<>();
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                served.add(field.getKey());
                judge(schema.at("/properties/" + field.getKey()), field.getValue(), where + "/" + field.getKey());
            }
            assertThat(served).as(where).containsExactlyElementsOf(declared);
        }
        value.elements().forEachRemaining(item -> {
            if (value.isArray()) {
                judge(schema.path("items"), item, where + "[]");
            }
        });
        format(schema, value, where);
    }

    private static void format(JsonNode schema, JsonNode value, String where) {
        if (schema.has("enum")) {
            assertThat(schema.path("enum")).as(where).contains(value);
        }
        if (value.isTextual() && schema.path("format").asText().equals("date-time")) {
            assertThat(value.asText()).as(where).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            OffsetDateTime.parse(value.asText());
        }
        if (value.isTextual() && schema.path("format").asText().equals("date")) {
            LocalDate.parse(value.asText());
        }
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case OBJECT -> "object";
            case ARRAY -> "array";
            default -> "null";
        };
    }
}
