package io.penstock.auth.oauth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.penstock.auth.Login.Visit;
import io.penstock.auth.jwt.JwksSource;
import io.penstock.auth.jwt.JwtAlgorithm;
import io.penstock.auth.jwt.JwtCheck;
import io.penstock.auth.jwt.JwtClaims;
import io.penstock.client.ApiClient;
import io.penstock.client.ClientResources;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.store.Vault;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Every grant against an authorization server that is not ours. Under 30 s. */
class OAuthServerIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final URI REDIRECT = URI.create("http://127.0.0.1:1/callback");
    private static final Secret CLIENT_SECRET = Secret.of("a secret with spaces, & signs: 100%");

    private MockOAuth2Server server;
    private WireMockServer api;
    private ClientResources resources;
    private Vault vault;

    @BeforeEach
    void start() throws Exception {
        server = new MockOAuth2Server(OAuth2Config.Companion.fromJson("{\"rotateRefreshToken\":true}"));
        server.start(InetAddress.getByName("localhost"), 0);
        api = new WireMockServer(options().dynamicPort());
        api.start();
        api.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(200).withBody("{}")));
        resources = ClientResources.create();
        vault = Vault.inMemory(Schedulers.parallel());
    }

    @AfterEach
    void stop() {
        resources.close();
        api.stop();
        server.shutdown();
    }

    private URI issuer() {
        return server.issuerUrl("default").uri();
    }

    private URI tokenUrl() {
        return server.tokenEndpointUrl("default").uri();
    }

    private ApiClient client(OAuth oauth) {
        return resources
                .client(URI.create(api.baseUrl()))
                .auth(oauth)
                .vault(vault)
                .owner("shop")
                .build();
    }

    /** What the API was sent, as the claims of the token. */
    private JWTClaimsSet call(ApiClient client) throws Exception {
        client.get("/a").exchange().block(LIMIT);
        String header = api.getAllServeEvents().get(0).getRequest().getHeader("Authorization");
        return SignedJWT.parse(header.substring("Bearer ".length())).getJWTClaimsSet();
    }

    /** The form of the last request that the server got. */
    private Map<String, String> form() throws Exception {
        String body = requireNonNull(server.takeRequest()).getBody().readUtf8();
        return Arrays.stream(body.split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(field -> field[0], field -> decode(field[1])));
    }

    private void requireNothingMore() {
        assertThatThrownBy(() -> server.takeRequest(100, TimeUnit.MILLISECONDS)).hasMessageContaining("no request");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Test
    void clientCredentialsByHeaderWithDiscovery() throws Exception {
        OAuth oauth = OAuth.with(Grant.CLIENT_CREDENTIALS)
                .issuer(issuer())
                .client("reports", CLIENT_SECRET)
                .scopes(List.of("read"))
                .build();

        assertThat(call(client(oauth)).getSubject()).isEqualTo("reports");
        server.takeRequest(); // the metadata
        assertThat(form()).containsEntry("grant_type", "client_credentials").containsEntry("scope", "read");
    }

    @Test
    void clientCredentialsInTheForm() throws Exception {
        OAuth oauth = OAuth.with(Grant.CLIENT_CREDENTIALS)
                .tokenUrl(tokenUrl())
                .client("reports", CLIENT_SECRET)
                .secretInBody()
                .audience("https://api.example.com")
                .build();

        assertThat(call(client(oauth)).getAudience()).isNotEmpty();
        assertThat(form())
                .containsEntry("client_secret", "a secret with spaces, & signs: 100%")
                .containsEntry("audience", "https://api.example.com");
    }

    @Test
    void aHundredRequestsAtOnceMakeOneTokenCall() throws Exception {
        ApiClient client = client(OAuth.with(Grant.CLIENT_CREDENTIALS)
                .tokenUrl(tokenUrl())
                .client("reports", CLIENT_SECRET)
                .build());

        reactor.core.publisher.Flux.range(0, 100)
                .flatMap(number -> client.get("/a").exchange(), 100)
                .blockLast(LIMIT);

        form();
        requireNothingMore();
    }

    @Test
    void aClientThatSignsAndAGrantByAssertion() throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        KeyPair pair = keys.generateKeyPair();
        AssertionMaker maker = (url, time) -> Mono.fromCallable(() -> Secret.of(assertion(pair, url)));
        OAuth oauth = OAuth.with(Grant.JWT_BEARER)
                .tokenUrl(tokenUrl())
                .client("reports", maker)
                .assertion(maker)
                .scopes(List.of("api"))
                .build();

        assertThat(call(client(oauth)).getSubject()).isEqualTo("reports");
        Map<String, String> form = form();
        assertThat(form)
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
                .containsEntry("client_assertion_type", ClientAuthentication.JWT);
        assertThat(form.get("assertion")).isNotEqualTo(form.get("client_assertion")); // each is made anew
    }

    private static String assertion(KeyPair pair, URI audience) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).build(),
                new JWTClaimsSet.Builder()
                        .issuer("reports")
                        .subject("reports")
                        .audience(audience.toString())
                        .issueTime(new Date())
                        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                        .jwtID(UUID.randomUUID().toString())
                        .build());
        jwt.sign(new RSASSASigner(pair.getPrivate()));
        return jwt.serialize();
    }

    private OAuth personal() {
        return OAuth.with(Grant.AUTHORIZATION_CODE)
                .issuer(issuer())
                .client("desktop")
                .scopes(List.of("openid", "offline_access"))
                .build();
    }

    /** What a browser brings back from {@code url}. */
    private static Map<String, String> browse(URI url) throws Exception {
        String location = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(location).startsWith(REDIRECT.toString());
        return Arrays.stream(URI.create(location).getRawQuery().split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(field -> field[0], field -> decode(field[1])));
    }

    @Test
    void aPersonGrantsAccessByABrowserAndTheRefreshTokenIsRotatedOnce() throws Exception {
        ApiClient first = client(personal());
        assertThatThrownBy(() -> call(first)).hasMessageContaining("penstock login PLAN.yaml --connection shop");
        Visit visit =
                requireNonNull(first.login().orElseThrow().browser(REDIRECT).block(LIMIT));
        assertThat(visit.url().getQuery())
                .contains("code_challenge_method=S256")
                .contains("response_type=code")
                .contains("redirect_uri=http://127.0.0.1:1/callback");
        Map<String, String> answer = browse(visit.url());
        assertThat(answer.get("state")).hasSize(43);

        visit.finish(answer).block(LIMIT);

        ApiClient second = client(personal());
        JWTClaimsSet claims = call(second);
        api.resetAll();
        api.stubFor(any(anyUrl())
                .inScenario("expiry")
                .whenScenarioStateIs("Started")
                .willSetStateTo("renewed")
                .willReturn(aResponse().withStatus(401)));
        api.stubFor(any(anyUrl())
                .inScenario("expiry")
                .whenScenarioStateIs("renewed")
                .willReturn(aResponse().withStatus(200).withBody("{}")));
        assertThat(call(second).getJWTID()).isNotEqualTo(claims.getJWTID());
        assertThat(call(client(personal())).getSubject()).isEqualTo(claims.getSubject());
        assertThatThrownBy(() -> visit.finish(answer).block(LIMIT))
                .isInstanceOf(AuthError.class)
                .hasMessageContaining("answered already");
    }

    @Test
    void anotherStateAndAnotherIssuerAreRefusedBeforeAnythingIsSent() throws Exception {
        Visit visit = requireNonNull(
                client(personal()).login().orElseThrow().browser(REDIRECT).block(LIMIT));
        server.takeRequest(); // the metadata
        Map<String, String> answer = new java.util.HashMap<>(Map.of("code", "c", "state", "forged"));

        assertThatThrownBy(() -> visit.finish(answer).block(LIMIT)).hasMessageContaining("state");
        answer.put("state", visit.url().getQuery().replaceAll(".*state=([^&]*).*", "$1"));
        answer.put("iss", "https://evil.example.com");
        assertThatThrownBy(() -> visit.finish(answer).block(LIMIT)).hasMessageContaining("iss");
        requireNothingMore();
    }

    @Test
    void aCodeWithoutItsVerifierIsWorthNothing() throws Exception {
        Visit mine = requireNonNull(
                client(personal()).login().orElseThrow().browser(REDIRECT).block(LIMIT));
        Visit stolen = requireNonNull(
                client(personal()).login().orElseThrow().browser(REDIRECT).block(LIMIT));
        Map<String, String> answer = new java.util.HashMap<>(browse(mine.url()));
        answer.put("state", stolen.url().getQuery().replaceAll(".*state=([^&]*).*", "$1"));

        assertThatThrownBy(() -> stolen.finish(answer).block(LIMIT)).hasMessageContaining("invalid_grant");
    }

    /** What an embedder does with tokens that come in: the issuer's key set by a client of its own, a claim by its type. */
    @Test
    void aTokenThatTheServerHasIssuedIsProvenByItsKeySet() {
        ApiClient keys = resources.client(issuer()).build();
        JwtCheck check = JwtCheck.builder(
                        JwksSource.at(
                                server.jwksUrl("default").uri(),
                                request -> keys.get(request.url().toString()).exchange(),
                                Schedulers.parallel()),
                        issuer().toString(),
                        "our-api")
                .algorithms(JwtAlgorithm.RS256)
                .clock(Clock.systemUTC())
                .build();

        JwtClaims claims = requireNonNull(
                check.check(server.issueToken("default", "ann", "our-api").serialize())
                        .block(LIMIT));
        assertThat(claims.audience()).containsExactly("our-api");
        assertThat(claims.expires()).isAfter(claims.issued().orElseThrow());

        assertThatThrownBy(() -> check.check(server.issueToken("default", "ann", "another-api")
                                .serialize())
                        .block(LIMIT))
                .isInstanceOf(AuthError.class)
                .hasMessageContaining("aud");
    }

    @Test
    void anIssuerIsWrittenAsItCallsItself() {
        ApiClient client = client(OAuth.with(Grant.CLIENT_CREDENTIALS)
                .issuer(URI.create(issuer() + "/"))
                .client("reports", CLIENT_SECRET)
                .build());

        assertThatThrownBy(() -> client.get("/a").exchange().block(LIMIT))
                .isInstanceOf(AuthError.class)
                .hasCauseInstanceOf(AuthError.class)
                .hasRootCauseInstanceOf(ProtocolError.class)
                .hasMessageContaining("exactly as it calls itself");
    }
}
