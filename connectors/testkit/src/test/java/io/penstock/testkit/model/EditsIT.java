package io.penstock.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients write over customers is seen by every read and counted by the truth. */
class EditsIT {

    private static final String PATH = "/v1/customers/cus_000000123";

    private final ModelApi api = ModelApi.builder().records(1000).build();
    private final Client client = new Client(api.start(), 1);

    @BeforeEach
    void startFromTheTruthWithoutEdits() {
        assertThat(api.data().truth("customers", 1))
                .isEqualTo(ModelData.of(42, 1000).truth("customers", 1));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private HttpResponse<String> write(String method, String body) {
        return Client.send(client.request(PATH, Map.of("X-Api-Key", "demo-key"))
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    @Test
    void aPatchChangesItsFieldsTheVersionAndTheInstant() {
        JsonNode before = client.json(PATH);
        JsonNode after = Client.json(write("PATCH", "{\"name\":\"Gräfin Ada\",\"credit_limit\":7.50,\"version\":99}"));
        assertThat(after.path("name").asText()).isEqualTo("Gräfin Ada");
        assertThat(after.path("credit_limit").asText()).isEqualTo("7.50");
        assertThat(after.path("email")).isEqualTo(before.path("email"));
        assertThat(after.path("version").asInt()).isEqualTo(2);
        assertThat(after.path("updated_at").asText()).startsWith("2025-12-31T2");
        assertThat(client.json(PATH)).isEqualTo(after);
        String since = after.path("updated_at").asText();
        List<Client.Row> changed = client.walk("customers", "&updated_since=" + since, 10);
        assertThat(changed).extracting(Client.Row::node).containsExactly(after);
        assertThat(Checksums.of(client.walk("customers", "", 100)))
                .isEqualTo(api.data().truth("customers", 1));
    }

    @Test
    void editsLastUntilALaterRevisionChangesTheRecord() {
        for (int write = 0; write < 3; write++) {
            assertThat(write("PATCH", "{\"active\":false,\"notes\":\"" + write + "\"}")
                            .statusCode())
                    .isEqualTo(200);
        }
        for (int revision = 1; revision <= 4; revision++) {
            api.revision(revision);
            assertThat(Checksums.of(client.walk("customers", "", 100)))
                    .as("revision %d", revision)
                    .isEqualTo(api.data().truth("customers", revision))
                    .isNotEqualTo(ModelData.of(42, 1000).truth("customers", revision));
        }
    }

    @Test
    void aPutTakesTheWholeRecord() {
        ObjectNode whole = (ObjectNode) client.json(PATH);
        whole.put("segment", "enterprise").putNull("phone");
        JsonNode after = Client.json(write("PUT", whole.toString()));
        assertThat(after.path("version").asInt()).isEqualTo(2);
        assertThat(after.path("phone").isNull()).isTrue();
        whole.remove("email");
        HttpResponse<String> refused = write("PUT", whole.toString());
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("missing: email");
    }

    @Test
    void fieldsThatDoNotFitAreRefusedByName() {
        assertThat(write("PATCH", "{\"nmae\":\"x\"}").body()).contains("no field 'nmae'");
        assertThat(write("PATCH", "{\"active\":\"yes\"}").body()).contains("active must be");
        assertThat(write("PATCH", "[1]").statusCode()).isEqualTo(400);
        assertThat(client.json(PATH).path("version").asInt()).isEqualTo(1);
    }
}
