package io.penstock.auth.setting;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.penstock.auth.Credential;
import io.penstock.auth.jwt.JwtAlgorithm;
import io.penstock.auth.jwt.JwtCheck;
import io.penstock.auth.jwt.JwtClaims;
import io.penstock.auth.jwt.KeySource;
import io.penstock.auth.jwt.VerificationKey;
import io.penstock.client.ApiClient;
import io.penstock.client.ClientResources;
import io.penstock.config.Config;
import io.penstock.config.Problems;
import io.penstock.config.Secret;
import io.penstock.config.SecretSource;
import io.penstock.config.Setting;
import io.penstock.config.Type;
import io.penstock.error.AccessDenied.AuthError;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys of a plan that sign what an authorization server is asked with: against one that is not ours, and against a stub. Under 30 s. */
class PlannedAssertionIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Setting<Credential> AUTH = Setting.required("auth", "The credential.", AuthSettings.TYPE);
    private static final String SHARED = "a shared secret of 32 bytes or so";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private MockOAuth2Server server;
    private WireMockServer wire;
    private ClientResources resources;

    @BeforeEach
    void start() throws Exception {
        server = new MockOAuth2Server();
        server.start(InetAddress.getByName("localhost"), 0);
        wire = new WireMockServer(options().dynamicPort());
        wire.start();
        wire.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200).withBody("{}")));
        resources = ClientResources.create();
    }

    @AfterEach
    void stop() {
        resources.close();
        wire.stop();
        server.shutdown();
    }

    private ApiClient client(Map<String, Object> oauth, String key) {
        Problems problems = new Problems();
        Type.Place place = new Type.Place("", problems, SecretSource.of(Map.of("KEY", key)));
        Config config = Config.read(List.of(AUTH), Map.of("auth", Map.of("oauth2", oauth)), place);
        assertThat(problems.all()).isEmpty();
        return resources
                .client(URI.create(wire.baseUrl()))
                .auth(config.value(AUTH))
                .owner("shop")
                .build();
    }

    private static KeyPair pair(JwtAlgorithm algorithm) throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance(
                switch (algorithm) {
                    case RS256, PS256 -> "RSA";
                    case ES256 -> "EC";
                    default -> "Ed25519";
                });
        if (algorithm == JwtAlgorithm.ES256) {
            keys.initialize(new ECGenParameterSpec("secp256r1"));
        } else if (algorithm == JwtAlgorithm.RS256 || algorithm == JwtAlgorithm.PS256) {
            keys.initialize(2048);
        }
        return keys.generateKeyPair();
    }

    private static String pem(byte[] encoded) {
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static Map<String, Object> key(JwtAlgorithm algorithm) {
        return Map.of("algorithm", algorithm.name().toLowerCase(Locale.ROOT), "key", "${env:KEY}", "key_id", "k1");
    }

    private static JwtClaims proven(
            String token, JwtAlgorithm algorithm, VerificationKey key, String issuer, String audience) {
        JwtCheck check = JwtCheck.builder(KeySource.pinned(List.of(key.named("k1"))), issuer, audience)
                .algorithms(algorithm)
                .clock(Clock.systemUTC())
                .build();
        return Objects.requireNonNull(check.check(token).block(LIMIT));
    }

    private static Map<String, String> fields(String body) {
        return Arrays.stream(body.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    /** Both at once: the client signs, and what it is granted by is signed. */
    @ParameterizedTest
    @EnumSource(JwtAlgorithm.class)
    void aClientAndAGrantSignByTheKeyOfThePlan(JwtAlgorithm algorithm) throws Exception {
        KeyPair pair = pair(algorithm);
        boolean shared = algorithm == JwtAlgorithm.HS256;
        VerificationKey check =
                shared ? VerificationKey.shared(Secret.of(SHARED)) : VerificationKey.of(algorithm, pair.getPublic());
        boolean foreign = algorithm != JwtAlgorithm.EDDSA; // which that server does not take from clients
        String url = foreign ? server.tokenEndpointUrl("default").toString() : wire.baseUrl() + "/token";
        wire.stubFor(post(urlPathEqualTo("/token"))
                .willReturn(
                        at(Clock.systemUTC().instant(), 200, "{\"access_token\":\"eyJ\",\"token_type\":\"bearer\"}")));
        Map<String, Object> grant = new HashMap<>(key(algorithm));
        grant.putAll(Map.of("issuer", "robot", "subject", "ann", "claims", Map.of("tenant", "north")));
        ApiClient client = client(
                Map.of(
                        "grant",
                        "jwt_bearer",
                        "client_id",
                        "reports",
                        "token_url",
                        url,
                        "scopes",
                        List.of("api"),
                        "client_key",
                        key(algorithm),
                        "assertion_key",
                        grant),
                shared ? SHARED : pem(pair.getPrivate().getEncoded()));

        client.get("/a").exchange().block(LIMIT);

        String sent = wire.getAllServeEvents().get(0).getRequest().getHeader("Authorization");
        assertThat(sent).startsWith("Bearer eyJ");
        Map<String, String> form = fields(
                foreign
                        ? Objects.requireNonNull(server.takeRequest()).getBody().readUtf8()
                        : wire.findAll(postRequestedFor(urlPathEqualTo("/token")))
                                .get(0)
                                .getBodyAsString());
        JwtClaims proof = proven(form.get("client_assertion"), algorithm, check, "reports", url);
        assertThat(proof.subject()).contains("reports");
        JwtClaims granted = proven(form.get("assertion"), algorithm, check, "robot", url);
        assertThat(granted.subject()).contains("ann");
        assertThat(granted.text("tenant")).contains("north");
        assertThat(granted.id()).isNotEqualTo(proof.id());
        assertThat(Duration.between(granted.issued().orElseThrow(), granted.expires()))
                .hasMinutes(5);
    }

    @Test
    void aClientThatSignsAsksForItselfToo() throws Exception {
        KeyPair pair = pair(JwtAlgorithm.PS256);
        ApiClient client = client(
                Map.of(
                        "grant",
                        "client_credentials",
                        "client_id",
                        "reports",
                        "issuer",
                        server.issuerUrl("default").toString(),
                        "client_key",
                        key(JwtAlgorithm.PS256)),
                pem(pair.getPrivate().getEncoded()));

        client.get("/a").exchange().block(LIMIT);

        server.takeRequest(); // the metadata
        Map<String, String> form =
                fields(Objects.requireNonNull(server.takeRequest()).getBody().readUtf8());
        assertThat(form)
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .doesNotContainKey("client_secret");
        proven(
                form.get("client_assertion"),
                JwtAlgorithm.PS256,
                VerificationKey.of(JwtAlgorithm.PS256, pair.getPublic()),
                "reports",
                server.tokenEndpointUrl("default").toString());
    }

    private Map<String, Object> robot() {
        Map<String, Object> key = new HashMap<>(key(JwtAlgorithm.HS256));
        key.put("issuer", "robot");
        return Map.of("grant", "jwt_bearer", "token_url", wire.baseUrl() + "/token", "assertion_key", key);
    }

    private List<JwtClaims> assertions(Instant there) {
        return wire.findAll(postRequestedFor(urlPathEqualTo("/token"))).stream()
                .map(request -> fields(request.getBodyAsString()))
                .peek(form -> assertThat(form).doesNotContainKey("client_id"))
                .map(form -> form.get("assertion"))
                .map(token -> new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8))
                .map(PlannedAssertionIT::claims)
                .toList();
    }

    private static JwtClaims claims(String json) {
        Map<String, Object> all = new HashMap<>();
        for (String name : List.of("iat", "exp")) {
            all.put(name, Long.valueOf(json.replaceAll(".*\"" + name + "\":(\\d+).*", "$1")));
        }
        all.put("jti", json.replaceAll(".*\"jti\":\"([^\"]+)\".*", "$1"));
        return new JwtClaims("robot", Instant.EPOCH, all);
    }

    private static com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder at(
            Instant there, int status, String json) {
        return aResponse()
                .withStatus(status)
                .withHeader("Date", DATE.format(there))
                .withHeader("Content-Type", "application/json")
                .withBody(json);
    }

    /** Section 12 of the faults: θ is corrected from the server's Date, and one more assertion is made. */
    @Test
    void aServerWhoseClockIsAheadIsAskedOnceMoreByItsOwnTime() {
        Instant there = Clock.systemUTC().instant().plusSeconds(3600);
        wire.stubFor(post(urlPathEqualTo("/token"))
                .inScenario("clock")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("corrected")
                .willReturn(at(there, 400, "{\"error\":\"invalid_grant\",\"error_description\":\"iat in the past\"}")));
        wire.stubFor(post(urlPathEqualTo("/token"))
                .inScenario("clock")
                .whenScenarioStateIs("corrected")
                .willReturn(at(there, 200, "{\"access_token\":\"good\",\"token_type\":\"bearer\"}")));

        client(robot(), SHARED).get("/a").exchange().block(LIMIT);

        List<JwtClaims> made = assertions(there);
        assertThat(made).hasSize(2);
        assertThat(made.get(1).id()).isNotEqualTo(made.get(0).id());
        Duration moved = Duration.between(
                made.get(0).issued().orElseThrow(), made.get(1).issued().orElseThrow());
        assertThat(moved).isBetween(Duration.ofSeconds(3590), Duration.ofSeconds(3630));
        assertThat(Duration.between(
                        made.get(1).issued().orElseThrow(),
                        made.get(1).date("exp").orElseThrow()))
                .hasMinutes(5);
    }

    @Test
    void aRefusalWithTheSameTimeIsNotAskedAgain() {
        wire.stubFor(post(urlPathEqualTo("/token"))
                .willReturn(at(Clock.systemUTC().instant(), 400, "{\"error\":\"invalid_grant\"}")));

        assertThatThrownBy(() -> client(robot(), SHARED).get("/a").exchange().block(LIMIT))
                .isInstanceOf(AuthError.class)
                .hasMessageContaining("check the assertion's key, issuer, subject and audience");
        assertThat(assertions(Instant.EPOCH)).hasSize(1);
    }

    @Test
    void aClockThatStaysOffIsCorrectedOnce() {
        wire.stubFor(post(urlPathEqualTo("/token"))
                .willReturn(at(Clock.systemUTC().instant().minusSeconds(3600), 400, "{\"error\":\"invalid_grant\"}")));

        assertThatThrownBy(() -> client(robot(), SHARED).get("/a").exchange().block(LIMIT))
                .isInstanceOf(AuthError.class);
        assertThat(assertions(Instant.EPOCH)).hasSize(2);
    }

    /** An assertion is good for one use: what is lost is asked for with another. */
    @Test
    void aTryThatIsRepeatedHasAnAssertionOfItsOwn() {
        wire.stubFor(post(urlPathEqualTo("/token"))
                .inScenario("trouble")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("over")
                .willReturn(aResponse().withStatus(503)));
        wire.stubFor(post(urlPathEqualTo("/token"))
                .inScenario("trouble")
                .whenScenarioStateIs("over")
                .willReturn(
                        at(Clock.systemUTC().instant(), 200, "{\"access_token\":\"good\",\"token_type\":\"bearer\"}")));

        client(robot(), SHARED).get("/a").exchange().block(LIMIT);

        List<JwtClaims> made = assertions(Instant.EPOCH);
        assertThat(made).hasSize(2);
        assertThat(made.get(1).id()).isNotEqualTo(made.get(0).id());
    }
}
