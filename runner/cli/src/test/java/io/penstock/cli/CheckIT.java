package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.testkit.model.ModelApi;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What check says of credentials. Time budget: 20 s. */
final class CheckIT {

    private final ModelApi api = ModelApi.builder().records(30).build();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void start() {
        api.start();
        terminal = new Terminal(folder).with("WRONG", "wr0ng-canary").with("KEY", "demo-key");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private void plan(String auth) {
        terminal.write("plan.yaml", """
                connections:
                  shop:
                    source:
                      connector: rest
                      base_url: "%s"
                      auth: %s
                      streams:
                        customers: { path: /v1/customers, records: /data, key: id, paging: none }
                        orders: { path: /v1/orders, records: /items, key: id, paging: none, params: { month: 2025-01 },
                                  auth: { api_key: { header: X-Api-Key, value: "${env:KEY}" } } }
                    sink: { connector: jsonl, path: out }
                """.formatted(api.baseUrl(), auth));
    }

    private JsonNode json() {
        Terminal.Result result = terminal.run("check", "plan.yaml", "--json");
        try {
            return new ObjectMapper().readTree(result.out()).get(0);
        } catch (JsonProcessingException noJson) {
            throw new AssertionError(result.out() + result.err(), noJson);
        }
    }

    @Test
    void eachCredentialIsProvenWithWhatTheServerSaysOfIt() {
        plan("{ bearer: \"${env:TOKEN}\" }");
        JsonNode source = json();
        assertThat(source.get("good").asBoolean()).as(source.toString()).isTrue();
        assertThat(source.get("credentials").findValuesAsText("scheme"))
                .containsExactly("bearer", "api key (header X-Api-Key)");
        JsonNode bearer = source.get("credentials").get(0);
        assertThat(bearer.get("status").asInt()).isEqualTo(200);
        assertThat(bearer.get("good").asBoolean()).isTrue();
        assertThat(bearer.get("origin").asText()).isEqualTo(api.baseUrl());
        assertThat(Math.abs(bearer.path("clock_offset_seconds").asLong(0))).isLessThan(30);

        Terminal.Result people = terminal.run("check", "plan.yaml");
        assertThat(people.code()).isZero();
        assertThat(people.err())
                .contains("shop source (rest): good")
                .contains("  bearer at " + api.baseUrl() + ": taken (200)");
    }

    @Test
    void aRefusedCredentialIsNamedAndFailsTheCheck() {
        plan("{ bearer: \"${env:WRONG}\" }");
        assertThat(terminal.run("check", "plan.yaml").code()).isEqualTo(77);
        JsonNode source = json();
        assertThat(source.get("good").asBoolean()).isFalse();
        assertThat(source.get("credentials").get(0).get("good").asBoolean()).isFalse();
        assertThat(source.get("credentials").get(0).get("status").asInt()).isEqualTo(401);
        assertThat(source.get("credentials").get(1).get("good").asBoolean())
                .as("the other is proven all the same")
                .isTrue();
        assertThat(source.toString()).doesNotContain("wr0ng-canary");
    }

    @Test
    void everyMemberOfAPoolIsProven() {
        plan("{ pool: [ { bearer: \"${env:TOKEN}\" }, { basic: { user: demo, password: \"${env:WRONG}\" } } ] }");
        Terminal.Result result = terminal.run("check", "plan.yaml");
        assertThat(result.code()).isEqualTo(77);
        assertThat(result.err())
                .contains("bearer at " + api.baseUrl() + ": taken (200)")
                .contains("basic at " + api.baseUrl() + ": refused (401)");
    }

    @Test
    void severalAtOnceAreOne() {
        plan(
                "{ all: [ { api_key: { header: X-Api-Key, value: \"${env:KEY}\" } }, { api_key: { cookie: c, value: \"${env:KEY}\" } } ] }");
        assertThat(json().get("credentials").get(0).get("scheme").asText())
                .isEqualTo("api key (header X-Api-Key) + api key (cookie c)");
    }
}
