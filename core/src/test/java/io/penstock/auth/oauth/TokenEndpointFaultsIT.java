package io.penstock.auth.oauth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.penstock.client.ApiClient;
import io.penstock.client.ClientResources;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.AccessDenied.ReauthorizationRequired;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.retry.RetryPolicy;
import io.penstock.store.Vault;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.scheduler.Schedulers;

/** Rows U2 and U5 to U8 over real sockets: what a token endpoint does wrong, and what the requests make of it. Under 30 s. */
class TokenEndpointFaultsIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String GOOD =
            "{\"access_token\":\"good\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"refresh_token\":\"r1\"}";

    private WireMockServer wire;
    private ClientResources resources;
    private Vault vault;

    @BeforeEach
    void start() {
        wire = new WireMockServer(options().dynamicPort());
        wire.start();
        wire.stubFor(get(urlPathEqualTo("/api"))
                .withHeader("Authorization", equalTo("Bearer good"))
                .willReturn(aResponse().withStatus(200).withBody("{}")));
        resources = ClientResources.create();
        vault = Vault.inMemory(Schedulers.parallel());
    }

    @AfterEach
    void stop() {
        resources.close();
        wire.stop();
    }

    private URI token() {
        return URI.create(wire.baseUrl() + "/token");
    }

    private ApiClient client(OAuth oauth) {
        return resources
                .client(URI.create(wire.baseUrl()))
                .retry(RetryPolicy.builder()
                        .maxAttempts(3)
                        .base(Duration.ofMillis(1))
                        .throttleBase(Duration.ofMillis(1))
                        .cap(Duration.ofMillis(5))
                        .build())
                .concurrency(1)
                .auth(oauth)
                .vault(vault)
                .owner("shop")
                .build();
    }

    private ApiClient own() {
        return client(OAuth.with(Grant.CLIENT_CREDENTIALS)
                .tokenUrl(token())
                .client("id", Secret.of("secret"))
                .build());
    }

    private ApiClient rotating() {
        return client(OAuth.with(Grant.REFRESH_TOKEN)
                .tokenUrl(token())
                .client("id", Secret.of("secret"))
                .refreshToken(Secret.of("r0"))
                .build());
    }

    private void answers(ResponseDefinitionBuilder... inTurn) {
        String state = Scenario.STARTED;
        for (int i = 0; i < inTurn.length; i++) {
            boolean last = i == inTurn.length - 1;
            wire.stubFor(post(urlPathEqualTo("/token"))
                    .inScenario("token")
                    .whenScenarioStateIs(state)
                    .willSetStateTo(last ? state : "answer " + i)
                    .willReturn(inTurn[i]));
            state = "answer " + i;
        }
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    private int tokenCalls() {
        return wire.findAll(postRequestedFor(urlPathEqualTo("/token"))).size();
    }

    private static int call(ApiClient client) {
        return client.get("/api").exchange().blockOptional(LIMIT).orElseThrow().status();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429})
    void aTokenEndpointInTroubleIsAskedAgain(int status) {
        answers(json(status, "{}"), json(200, GOOD));

        assertThat(call(own())).isEqualTo(200);
        assertThat(tokenCalls()).isEqualTo(2);
    }

    @Test
    void aTokenEndpointThatStaysDownIsAnAuthErrorAfterAllTries() {
        answers(json(500, "{\"secret\":\"words\"}"));

        assertThatThrownBy(() -> call(own()))
                .isInstanceOf(AuthError.class)
                .hasMessageContaining("/token")
                .hasMessageNotContaining("words");
        assertThat(tokenCalls()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE"})
    void aRefreshWhoseAnswerIsLostIsSentOnceMoreWithTheSameToken(Fault fault) {
        answers(aResponse().withFault(fault), json(200, GOOD));

        assertThat(call(rotating())).isEqualTo(200);
        assertThat(wire.findAll(
                        postRequestedFor(urlPathEqualTo("/token")).withRequestBody(containing("refresh_token=r0"))))
                .hasSize(2);
    }

    @Test
    void aRefreshWhoseAnswerIsLostTwiceIsGivenUp() {
        answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        assertThatThrownBy(() -> call(rotating())).isInstanceOf(AuthError.class);
        assertThat(tokenCalls()).isEqualTo(2);
    }

    @Test
    void aRefreshThatTheServerFailsAtIsSentAgain() {
        answers(json(503, "{}"), json(503, "{}"), json(503, "{}"), json(200, GOOD));

        assertThat(call(rotating())).isEqualTo(200);
        assertThat(tokenCalls()).isEqualTo(4);
    }

    @Test
    void aRefreshedTokenThatIsStillRefusedIsSentOnceMoreOnly() {
        answers(json(200, GOOD.replace("good", "one")), json(200, GOOD.replace("good", "two")));
        wire.stubFor(
                get(urlPathEqualTo("/api")).atPriority(9).willReturn(aResponse().withStatus(401)));
        ApiClient client = own();

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> call(client)).isInstanceOf(AuthError.class);
        }

        assertThat(tokenCalls()).isEqualTo(2); // the first, and one forced within a minute
        assertThat(wire.findAll(
                        com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor(urlPathEqualTo("/api"))))
                .hasSize(6);
    }

    @Test
    void aDeadRefreshTokenEndsInOneCallAndStaysKept() {
        answers(json(400, "{\"error\":\"invalid_grant\"}"));
        ApiClient client = rotating();

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> call(client))
                    .isInstanceOf(ReauthorizationRequired.class)
                    .hasMessageContaining("invalid_grant");
        }

        assertThat(tokenCalls()).isEqualTo(1);
        wire.resetAll();
        start0();
        assertThat(call(rotating())).isEqualTo(200);
    }

    private void start0() {
        answers(json(200, GOOD));
        wire.stubFor(get(urlPathEqualTo("/api"))
                .willReturn(aResponse().withStatus(200).withBody("{}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_client", "unauthorized_client", "invalid_scope", "access_denied"})
    void otherRefusalsAreTerminalAndNamed(String code) {
        answers(json(401, "{\"error\":\"" + code + "\",\"error_description\":\"free secret text\"}"));

        assertThatThrownBy(() -> call(own()))
                .isInstanceOf(AuthError.class)
                .hasMessageContaining(code)
                .hasMessageNotContaining("free secret text");
        assertThat(tokenCalls()).isEqualTo(1);
    }

    @Test
    void aCodeThatRepeatsASecretIsNotTold() {
        answers(json(400, "{\"error\":\"secret-canary\"}"));
        ApiClient client = client(OAuth.with(Grant.REFRESH_TOKEN)
                .tokenUrl(token())
                .client("id", Secret.of("client-canary"))
                .refreshToken(Secret.of("secret-canary"))
                .build());
        assertThatThrownBy(() -> call(client)).isInstanceOf(AuthError.class).hasMessageNotContaining("canary");

        answers(json(400, "{\"error\":\"client-canary\"}"));
        assertThatThrownBy(() -> call(client(OAuth.with(Grant.CLIENT_CREDENTIALS)
                        .tokenUrl(token())
                        .client("id", Secret.of("client-canary"))
                        .build())))
                .isInstanceOf(AuthError.class)
                .hasMessageNotContaining("canary");
    }

    @Test
    void redirectsOfTokenCallsAreNeverFollowed() {
        answers(aResponse().withStatus(307).withHeader("Location", wire.baseUrl() + "/elsewhere"));
        wire.stubFor(any(urlPathEqualTo("/elsewhere")).willReturn(json(200, GOOD)));

        assertThatThrownBy(() -> call(own())).isInstanceOf(AuthError.class).hasMessageContaining("redirect 307");
        assertThat(wire.findAll(postRequestedFor(urlPathEqualTo("/elsewhere")))).isEmpty();
    }

    @Test
    void anAnswerTooLargeIsRefusedWithoutAWordOfIt() {
        answers(json(200, "{\"access_token\":\"" + "words".repeat(20_000) + "\"}"));

        assertThatThrownBy(() -> call(own()))
                .isInstanceOf(AuthError.class)
                .hasMessageContaining("64 KiB")
                .hasMessageNotContaining("words");
    }

    @Test
    void theSecretGoesFormEncodedIntoTheHeader() {
        answers(json(200, GOOD));
        ApiClient client = client(OAuth.with(Grant.CLIENT_CREDENTIALS)
                .tokenUrl(token())
                .client("an id", Secret.of("p:w/d"))
                .build());
        call(client);

        String pair = java.util.Base64.getEncoder().encodeToString("an+id:p%3Aw%2Fd".getBytes());
        wire.verify(postRequestedFor(urlPathEqualTo("/token")).withHeader("Authorization", equalTo("Basic " + pair)));
    }

    @Test
    void theDeviceFlowWaitsUntilSomebodyAllowsIt() {
        wire.stubFor(post(urlPathEqualTo("/device"))
                .willReturn(json(
                        200,
                        "{\"device_code\":\"d\",\"user_code\":\"WDJB-MJHT\",\"verification_uri\":\"https://login.example.com/device\","
                                + "\"expires_in\":60,\"interval\":1}")));
        answers(json(400, "{\"error\":\"authorization_pending\"}"), json(200, GOOD));
        ApiClient client = client(OAuth.with(Grant.DEVICE)
                .tokenUrl(token())
                .deviceUrl(URI.create(wire.baseUrl() + "/device"))
                .client("tv")
                .build());
        var visit = client.login().orElseThrow().device().blockOptional(LIMIT).orElseThrow();
        assertThat(visit.code()).isEqualTo("WDJB-MJHT");

        visit.finish().block(LIMIT);

        assertThat(call(client)).isEqualTo(200);
        assertThat(tokenCalls()).isEqualTo(2);
    }

    @Test
    void aDeviceThatIsDeniedIsTold() {
        wire.stubFor(post(anyUrl())
                .willReturn(json(
                        200,
                        "{\"device_code\":\"d\",\"user_code\":\"A\",\"verification_uri\":\"https://login.example.com\",\"expires_in\":60,"
                                + "\"interval\":1}")));
        answers(json(400, "{\"error\":\"access_denied\"}"));
        ApiClient client = client(OAuth.with(Grant.DEVICE)
                .tokenUrl(token())
                .deviceUrl(URI.create(wire.baseUrl() + "/device"))
                .client("tv")
                .build());
        var visit = client.login().orElseThrow().device().blockOptional(LIMIT).orElseThrow();

        assertThatThrownBy(() -> visit.finish().block(LIMIT)).hasMessageContaining("access_denied");
    }

    @Test
    void everythingWrongWithAClientIsToldAtOnce() {
        OAuthBuilder builder = OAuth.with(Grant.CLIENT_CREDENTIALS)
                .tokenUrl(URI.create("http://login.example.com/token"))
                .refreshToken(Secret.of("r"))
                .param("client_secret", "x");

        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("TLS")
                .hasMessageContaining("client_id")
                .hasMessageContaining("refresh_token")
                .hasMessageContaining("params");
    }
}
