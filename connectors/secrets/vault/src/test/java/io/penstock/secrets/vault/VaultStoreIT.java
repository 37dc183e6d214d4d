package io.penstock.secrets.vault;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.penstock.client.ApiClient;
import io.penstock.config.Config;
import io.penstock.config.Secret;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.BadConfig.SecretMissing;
import io.penstock.secret.SecretRuntime;
import io.penstock.secret.SecretStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The conversation as Vault holds it: KV version 2 and the AppRole method. */
class VaultStoreIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String PATH = "/v1/secret/data/shop/api";
    private static final String METADATA = "\"metadata\":{\"created_time\":\"2026-03-22T02:24:06.945319214Z\","
            + "\"custom_metadata\":null,\"deletion_time\":\"\",\"destroyed\":false,\"version\":2}";
    private static final String LOGIN = "/v1/auth/approle/login";

    @RegisterExtension
    static final WireMockExtension VAULT = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final List<Secret> hidden = new ArrayList<>();
    private final VirtualTimeScheduler clock = VirtualTimeScheduler.create();
    private final Map<String, Object> settings = new HashMap<>(
            Map.of("address", VAULT.baseUrl(), "auth", Map.of("token", Secret.of("hvs.token-of-the-vault"))));
    private SecretStore store = open();

    private SecretStore open() {
        VaultProvider provider = new VaultProvider();
        return provider.open(
                Config.of(provider.settings(), settings),
                new SecretRuntime(base -> ApiClient.at(base.toString()), clock, hidden::add));
    }

    private SecretStore byRole() {
        settings.put("auth", Map.of("approle", Map.of("role_id", "reader", "secret_id", Secret.of("secret-id-1"))));
        return open();
    }

    @AfterEach
    void closed() {
        store.close();
    }

    @Test
    void anAddressInPlainHttpElsewhereIsRefused() {
        settings.put("address", "http://vault.example.com:8200");
        assertThatThrownBy(this::open)
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("address: secrets are sent over TLS only")
                .hasMessageContaining("http://vault.example.com:8200");
    }

    private String read(String name) {
        return store.read(name).block(LIMIT);
    }

    private static ResponseDefinitionBuilder answer(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withHeader("Cache-Control", "no-store")
                .withBody(body);
    }

    private static ResponseDefinitionBuilder value(String data) {
        return answer(
                200,
                "{\"request_id\":\"1c2d\",\"lease_id\":\"\",\"renewable\":false,\"lease_duration\":0,\"data\":{\"data\":"
                        + data + "," + METADATA + "},\"wrap_info\":null,\"warnings\":null,\"auth\":null}");
    }

    private static ResponseDefinitionBuilder login(String token, int lease) {
        return answer(
                200,
                "{\"request_id\":\"9f\",\"data\":null,\"auth\":{\"client_token\":\"" + token
                        + "\",\"accessor\":\"fd6c\"," + "\"policies\":[\"default\",\"shop\"],\"lease_duration\":"
                        + lease + ",\"renewable\":true}}");
    }

    private static ResponseDefinitionBuilder denied() {
        return answer(403, "{\"errors\":[\"1 error occurred:\\n\\t* permission denied, says hunter2\\n\\n\"]}");
    }

    @Test
    void readsAKeyOfTheNewestVersionWithItsToken() {
        VAULT.stubFor(get(PATH).willReturn(value("{\"token\":\"t0ken\",\"port\":8443}")));
        assertThat(read("shop/api#token")).isEqualTo("t0ken");
        assertThat(read("/shop/api/#port")).isEqualTo("8443");
        VAULT.verify(
                2,
                getRequestedFor(urlEqualTo(PATH))
                        .withHeader("X-Vault-Token", equalTo("hvs.token-of-the-vault"))
                        .withHeader("X-Vault-Request", equalTo("true"))
                        .withHeader("X-Vault-Namespace", absent()));
    }

    @Test
    void readsAnOlderVersionOfAnotherMountInANamespace() {
        settings.putAll(Map.of("mount", "team", "namespace", "emea/shop"));
        store = open();
        VAULT.stubFor(get("/v1/team/data/api?version=3").willReturn(value("{\"token\":\"t0ken\"}")));
        assertThat(read("api#token@3")).isEqualTo("t0ken");
        VAULT.verify(getRequestedFor(urlEqualTo("/v1/team/data/api?version=3"))
                .withHeader("X-Vault-Namespace", equalTo("emea/shop")));
    }

    @Test
    void theOnlyKeyNeedsNoName() {
        VAULT.stubFor(get(PATH).willReturn(value("{\"token\":\"t0ken\"}")));
        assertThat(read("shop/api")).isEqualTo("t0ken");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop/api        | it has several keys: name one of token, nested, none behind #
            shop/api#tokn   | it has no key tokn, only token, nested, none
            shop/api#nested | its key nested is empty or no text
            shop/api#none   | its key none is empty or no text
            #token          | is no reference
            shop/../x#token | is no reference
            shop#token@new  | is no reference
            """)
    void saysWhatIsWrongWithAReferenceWithoutTheValue(String name, String message) {
        VAULT.stubFor(
                get(PATH).willReturn(value("{\"token\":\"hunter2\",\"nested\":{\"a\":\"hunter2\"},\"none\":null}")));
        assertThatThrownBy(() -> read(name))
                .isInstanceOf(SecretMissing.class)
                .hasMessageStartingWith("${vault:" + name + "}")
                .hasMessageContaining(message)
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            404 | {"errors":[]}                                                      | there is nothing at this path
            404 | {"data":{"data":null,"metadata":{"deletion_time":"2026-03-22T02:36:43Z","destroyed":false,"version":2}}} | this version is deleted: restore it with vault kv undelete
            404 | {"data":{"data":null,"metadata":{"deletion_time":"","destroyed":true,"version":2}}} | this version is destroyed
            403 | {"errors":["permission denied"]}                                   | its policy allows read on secret/data/...
            400 | {"errors":["hunter2"]}                                             | is secret a KV engine of version 2?
            200 | {"data":{"token":"hunter2"}}                                       | the answer is none of a KV engine of version 2
            200 | <html>hunter2</html>                                               | the answer is none of a KV engine of version 2
            503 | {"errors":["Vault is sealed"]}                                     | Vault is sealed or down for maintenance (503): unseal it
            429 | {"errors":["request path \\"x\\": rate limit quota exceeded"]}     | Vault throttles these requests
            """)
    void saysWhatARefusalMeansAndHowToMendIt(int status, String body, String message) {
        VAULT.stubFor(get(PATH).willReturn(answer(status, body)));
        assertThatThrownBy(() -> read("shop/api#token"))
                .isInstanceOf(SecretMissing.class)
                .hasMessageStartingWith("${vault:shop/api#token} cannot be read: ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @Test
    void aVaultThatCannotBeReachedIsAMissingSecret() {
        VAULT.stubFor(get(PATH).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        assertThatThrownBy(() -> read("shop/api#token"))
                .isInstanceOf(SecretMissing.class)
                .hasMessageContaining("check secrets.vault.address");
    }

    @Test
    void sitsOutASealThatIsLifted() {
        VAULT.stubFor(get(PATH)
                .inScenario("seal")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(answer(503, "{\"errors\":[\"Vault is sealed\"]}"))
                .willSetStateTo("open"));
        VAULT.stubFor(
                get(PATH).inScenario("seal").whenScenarioStateIs("open").willReturn(value("{\"token\":\"t0ken\"}")));
        assertThat(read("shop/api#token")).isEqualTo("t0ken");
    }

    @Test
    void logsInByAppRoleOnceAndHidesTheToken() {
        store = byRole();
        VAULT.stubFor(post(LOGIN).willReturn(login("hvs.of-the-role", 1200)));
        VAULT.stubFor(get(PATH)
                .withHeader("X-Vault-Token", equalTo("hvs.of-the-role"))
                .willReturn(value("{\"token\":\"t0ken\"}")));
        List<String> all = Flux.merge(IntStream.range(0, 8)
                        .mapToObj(i -> store.read("shop/api#token"))
                        .toList())
                .collectList()
                .block(LIMIT);
        assertThat(all).hasSize(8).containsOnly("t0ken");
        VAULT.verify(
                1,
                postRequestedFor(urlEqualTo(LOGIN))
                        .withHeader("X-Vault-Token", absent())
                        .withRequestBody(equalToJson("{\"role_id\":\"reader\",\"secret_id\":\"secret-id-1\"}")));
        assertThat(hidden)
                .extracting(secret -> secret.<String>reveal(text -> text))
                .containsExactly("hvs.of-the-role");
    }

    @Test
    void logsInAgainAtNineTenthsOfTheLeaseAndNotBefore() {
        store = byRole();
        VAULT.stubFor(post(LOGIN).willReturn(login("hvs.of-the-role", 1000)));
        VAULT.stubFor(get(PATH).willReturn(value("{\"token\":\"t0ken\"}")));
        read("shop/api#token");
        clock.advanceTimeBy(Duration.ofSeconds(899));
        read("shop/api#token");
        VAULT.verify(1, postRequestedFor(urlEqualTo(LOGIN)));
        clock.advanceTimeBy(Duration.ofSeconds(2));
        read("shop/api#token");
        VAULT.verify(2, postRequestedFor(urlEqualTo(LOGIN)));
    }

    @Test
    void logsInAgainOnceWhenItsTokenIsRevoked() {
        store = byRole();
        VAULT.stubFor(post(LOGIN)
                .inScenario("revoked")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(login("hvs.first", 1200))
                .willSetStateTo("revoked"));
        VAULT.stubFor(
                post(LOGIN).inScenario("revoked").whenScenarioStateIs("revoked").willReturn(login("hvs.second", 1200)));
        VAULT.stubFor(
                get(PATH).withHeader("X-Vault-Token", equalTo("hvs.first")).willReturn(denied()));
        VAULT.stubFor(get(PATH)
                .withHeader("X-Vault-Token", equalTo("hvs.second"))
                .willReturn(value("{\"token\":\"t0ken\"}")));
        assertThat(read("shop/api#token")).isEqualTo("t0ken");
        VAULT.stubFor(get(PATH).willReturn(denied()));
        assertThatThrownBy(() -> read("shop/api#token"))
                .hasMessageContaining("Vault denies it")
                .hasMessageNotContaining("hunter2");
        VAULT.verify(3, postRequestedFor(urlEqualTo(LOGIN)));
    }

    @Test
    void aRefusedLoginSaysWhatToCheck() {
        store = byRole();
        VAULT.stubFor(post(LOGIN).willReturn(answer(400, "{\"errors\":[\"invalid secret id hunter2\"]}")));
        assertThatThrownBy(() -> read("shop/api#token"))
                .isInstanceOf(SecretMissing.class)
                .hasMessageContaining("Vault refuses the login by AppRole (400): check role_id, secret_id")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("secret-id-1");
    }

    @Test
    void wantsOneWayToLogIn() {
        settings.put("auth", Map.of());
        assertThatThrownBy(this::open).hasMessageContaining("expected exactly one of token and approle");
    }
}
