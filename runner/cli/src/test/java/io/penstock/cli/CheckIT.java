package io.penstock.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import io.penstock.testkit.model.ModelApi;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
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
        assertThat(bearer.get("warnings")).isEmpty();

        Terminal.Result people = terminal.run("check", "plan.yaml");
        assertThat(people.code()).isZero();
        assertThat(people.err())
                .contains("shop source (rest): good")
                .contains("  bearer at " + api.baseUrl() + ": taken (200)");
    }

    @Test
    void theQuotaAndTheClockAreTold() {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).minusMinutes(10));
        WireMockServer limited = new WireMockServer(options().dynamicPort());
        limited.start();
        try {
            limited.stubFor(any(anyUrl())
                    .willReturn(okJson("{\"items\":[{\"id\":1}]}")
                            .withHeader("Date", date)
                            .withHeader("X-RateLimit-Limit", "100")
                            .withHeader("X-RateLimit-Remaining", "42")
                            .withHeader("X-RateLimit-Reset", "600")));
            terminal.rest(limited.baseUrl(), "paging: none, auth: { bearer: \"${env:TOKEN}\" }");
            JsonNode credential = json().get("credentials").get(0);
            for (String name : new String[] {"remaining", "limit", "resets_in_seconds", "clock_offset_seconds"}) {
                assertThat(credential.path(name).isIntegralNumber())
                        .as(name + " in " + credential)
                        .isTrue();
            }
            assertThat(credential.get("remaining").asLong()).isEqualTo(42);
            assertThat(credential.get("limit").asLong()).isEqualTo(100);
            assertThat(credential.get("resets_in_seconds").asLong()).isBetween(400L, 600L);
            assertThat(credential.get("clock_offset_seconds").asLong()).isBetween(-700L, -550L);
            assertThat(credential.get("warnings").toString()).isEqualTo("[\"clock_off\"]");
            assertThat(terminal.run("check", "plan.yaml").err())
                    .contains("42 of 100 requests left for ")
                    .containsPattern("its clock is [56][0-9][0-9]s behind ours");
        } finally {
            limited.stop();
        }
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

    /** An authorization server that grants what it likes. */
    private static String granting(String more) throws java.io.IOException {
        com.sun.net.httpserver.HttpServer server = com.sun.net.httpserver.HttpServer.create(
                new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] body = ("{\"access_token\":\"demo-token\",\"token_type\":\"bearer\",\"expires_in\":3600" + more
                            + "}")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    private static String oauth(String tokenUrl) {
        return "{ oauth2: { grant: client_credentials, client_id: a, client_secret: \"${env:KEY}\", scopes: [read, write], token_url: \""
                + tokenUrl + "\" } }";
    }

    @Test
    void fewerScopesThanWereAskedForAreATypedWarning() throws Exception {
        plan(oauth(granting(",\"scope\":\"read profile\"")));
        JsonNode oauth = json().get("credentials").get(0);
        assertThat(oauth.get("scheme").asText()).isEqualTo("oauth2");
        assertThat(oauth.get("scopes").toString()).isEqualTo("[\"read\",\"profile\"]");
        assertThat(oauth.get("scopes_asked").toString()).isEqualTo("[\"read\",\"write\"]");
        assertThat(oauth.get("scopes_missing").toString()).isEqualTo("[\"write\"]");
        assertThat(oauth.get("warnings").toString()).isEqualTo("[\"scopes_missing\"]");
        assertThat(java.time.Instant.parse(oauth.get("expires_at").asText())).isAfter(java.time.Instant.now());
        assertThat(terminal.run("check", "plan.yaml").err()).contains("scopes read profile but not write, until 20");
    }

    @Test
    void aServerThatDoesNotNameScopesHasGrantedThoseAskedFor() throws Exception {
        plan(oauth(granting("")));
        JsonNode oauth = json().get("credentials").get(0);
        assertThat(oauth.get("scopes").toString()).isEqualTo("[\"read\",\"write\"]");
        assertThat(oauth.get("warnings")).isEmpty();
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
