package io.penstock.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.penstock.auth.Auth;
import io.penstock.auth.Authenticator;
import io.penstock.auth.Credential;
import io.penstock.auth.SessionLogin;
import io.penstock.auth.jwt.JwtAlgorithm;
import io.penstock.auth.jwt.JwtAssertion;
import io.penstock.auth.jwt.SigningKey;
import io.penstock.auth.oauth.Grant;
import io.penstock.auth.oauth.OAuth;
import io.penstock.auth.oauth.OAuthBuilder;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.BadConfig.SecretMissing;
import io.penstock.record.Pointer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** U9: a secret that was rotated during the run is read again once, and the request sent once more. */
class RotatedSecretIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @RegisterExtension
    static final WireMockExtension API = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    private final AtomicReference<String> stored = new AtomicReference<>("old-secret");
    private final AtomicInteger reads = new AtomicInteger();
    private final Secret secret = Secret.renewed(
            "vault:shop#token",
            "old-secret",
            Mono.fromSupplier(() -> {
                reads.incrementAndGet();
                String value = stored.get();
                if (value.isEmpty()) {
                    throw new SecretMissing("${vault:shop#token} cannot be read: the vault is sealed");
                }
                return value;
            }),
            timer);

    private Authenticator auth(String scheme) {
        return switch (scheme) {
            case "bearer" -> Auth.bearer(secret);
            case "basic" -> Auth.basic("ann", secret);
            case "header" -> Auth.header("X-Key", "Token ", secret);
            default -> Auth.query("key", secret);
        };
    }

    private int status(String scheme) {
        try (ApiClient client = ApiClient.at(API.baseUrl()).auth(auth(scheme)).build()) {
            return client.get("/orders").exchange().block(LIMIT).status();
        }
    }

    private static void accept(String scheme) {
        API.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(401)));
        var good = get(anyUrl());
        switch (scheme) {
            case "bearer" -> good.withHeader("Authorization", equalTo("Bearer new-secret"));
            case "basic" -> good.withHeader("Authorization", equalTo("Basic YW5uOm5ldy1zZWNyZXQ="));
            case "header" -> good.withHeader("X-Key", equalTo("Token new-secret"));
            default -> good.withQueryParam("key", equalTo("new-secret"));
        }
        API.stubFor(good.willReturn(aResponse().withStatus(200).withBody("{}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "basic", "header", "query"})
    void aRotatedSecretIsReadAgainAndTheRequestSentOnceMore(String scheme) {
        accept(scheme);
        stored.set("new-secret");
        assertThat(status(scheme)).isEqualTo(200);
        assertThat(status(scheme)).isEqualTo(200);
        assertThat(reads).hasValue(1);
        API.verify(3, getRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "basic", "header", "query"})
    void aSecretThatHasNotChangedIsReadOnceAMinuteAndNothingIsSentAgain(String scheme) {
        accept(scheme);
        assertThatThrownBy(() -> status(scheme)).isInstanceOf(AuthError.class);
        assertThatThrownBy(() -> status(scheme)).isInstanceOf(AuthError.class);
        assertThat(reads).hasValue(1);
        API.verify(2, getRequestedFor(anyUrl()));
    }

    private Credential login(String scheme) {
        URI url = URI.create(API.baseUrl() + "/login");
        OAuthBuilder oauth = OAuth.with(Grant.CLIENT_CREDENTIALS).tokenUrl(url).client("ann", secret);
        return switch (scheme) {
            case "oauth-basic" -> oauth.build();
            case "oauth-body" -> oauth.secretInBody().build();
            default ->
                SessionLogin.at(url)
                        .field("password", secret)
                        .tokenAt(Pointer.of("/access_token"))
                        .build();
        };
    }

    private int loggedIn(String scheme) {
        try (ApiClient client = ApiClient.at(API.baseUrl()).auth(login(scheme)).build()) {
            return client.get("/orders").exchange().block(LIMIT).status();
        }
    }

    private static void acceptLogin(String scheme, int refusal) {
        API.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(401)));
        API.stubFor(get(anyUrl())
                .withHeader("Authorization", equalTo("Bearer t"))
                .willReturn(aResponse().withStatus(200).withBody("{}")));
        API.stubFor(
                post(anyUrl()).willReturn(aResponse().withStatus(refusal).withBody("{\"error\":\"invalid_client\"}")));
        var good = post(anyUrl());
        if (scheme.equals("oauth-basic")) {
            good.withHeader("Authorization", equalTo("Basic YW5uOm5ldy1zZWNyZXQ="));
        } else {
            good.withRequestBody(containing("new-secret"));
        }
        API.stubFor(good.willReturn(aResponse()
                .withStatus(200)
                .withBody("{\"access_token\":\"t\",\"token_type\":\"bearer\",\"expires_in\":3600}")));
    }

    @ParameterizedTest
    @CsvSource({"oauth-basic, 401", "oauth-body, 400", "oauth-body, 401", "session, 401", "session, 403"})
    void aRotatedSecretOfALoginIsReadAgainAndTheLoginSentOnceMore(String scheme, int refusal) {
        acceptLogin(scheme, refusal);
        stored.set("new-secret");
        assertThat(loggedIn(scheme)).isEqualTo(200);
        assertThat(loggedIn(scheme)).isEqualTo(200);
        assertThat(reads).hasValue(1);
        API.verify(3, postRequestedFor(anyUrl()));
        API.verify(2, getRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oauth-basic", "oauth-body", "session"})
    void aSecretOfALoginThatHasNotChangedOrIsRefusedAgainIsTheEnd(String scheme) {
        acceptLogin(scheme, 401);
        assertThatThrownBy(() -> loggedIn(scheme)).isInstanceOf(AuthError.class);
        API.verify(1, postRequestedFor(anyUrl()));
        assertThat(reads).hasValue(1);
        timer.advanceTimeBy(Duration.ofMinutes(1));
        stored.set("another-secret");
        assertThatThrownBy(() -> loggedIn(scheme)).isInstanceOf(AuthError.class);
        API.verify(3, postRequestedFor(anyUrl()));
        API.verify(0, getRequestedFor(anyUrl()));
        assertThat(reads).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"oauth-basic", "oauth-body", "session"})
    void aSecretOfALoginThatHasGrownOldIsReadBeforeItIsSent(String scheme) {
        acceptLogin(scheme, 401);
        stored.set("new-secret");
        timer.advanceTimeBy(Duration.ofMinutes(5));
        assertThat(loggedIn(scheme)).isEqualTo(200);
        API.verify(1, postRequestedFor(anyUrl()));
    }

    /** Without {@code qop} the answer to a challenge is always the same (RFC 2617). */
    private static void acceptDigest(String response) {
        API.resetMappings();
        API.stubFor(get(anyUrl())
                .willReturn(
                        aResponse().withStatus(401).withHeader("WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\"")));
        API.stubFor(get(anyUrl())
                .withHeader("Authorization", containing("response=\"" + response + "\""))
                .willReturn(aResponse().withStatus(200).withBody("{}")));
    }

    @Test
    void aRotatedPasswordOfADigestIsReadAgainAndTheRequestSentOnceMore() {
        try (ApiClient client = ApiClient.at(API.baseUrl())
                .auth(Auth.digest("ann", secret, new SplittableRandom(3)))
                .build()) {
            acceptDigest("37e97465a952ad65c80063983138ef4a");
            assertThat(client.get("/orders").exchange().block(LIMIT).status()).isEqualTo(200);
            acceptDigest("2253a5d5da79594b1193c2eb539c408d");
            stored.set("new-secret");
            assertThat(client.get("/orders").exchange().block(LIMIT).status()).isEqualTo(200);
        }
        assertThat(reads).hasValue(1);
        API.verify(4, getRequestedFor(anyUrl()));
    }

    @Test
    void aRotatedKeyOfASelfSignedTokenIsReadAgainAndSignsTheNextOne() throws Exception {
        String replacement = "the new key of 32 bytes at the least";
        Secret key =
                Secret.renewed("vault:shop#key", "the old key of 32 bytes at the least", Mono.just(replacement), timer);
        API.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(401)));
        JwtAssertion assertion = JwtAssertion.builder(SigningKey.of(JwtAlgorithm.HS256, key))
                .issuer("me")
                .build();
        try (ApiClient client = ApiClient.at(API.baseUrl())
                .auth(Auth.jwt(assertion, Clock.systemUTC(), new SplittableRandom(5)))
                .build()) {
            assertThatThrownBy(() -> client.get("/orders").exchange().block(LIMIT))
                    .isInstanceOf(AuthError.class);
        }
        List<String> tokens = API.findAll(getRequestedFor(anyUrl())).stream()
                .map(request -> request.getHeader("Authorization").substring("Bearer ".length()))
                .toList();
        assertThat(tokens).hasSize(2);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(replacement.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        assertThat(tokens.stream().map(token -> {
                    int end = token.lastIndexOf('.');
                    byte[] made = mac.doFinal(token.substring(0, end).getBytes(StandardCharsets.UTF_8));
                    return token.substring(end + 1)
                            .equals(Base64.getUrlEncoder().withoutPadding().encodeToString(made));
                }))
                .containsExactly(false, true);
    }

    @Test
    void aRenewedSecretThatIsRefusedAsWellIsTheEnd() {
        API.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(401)));
        stored.set("new-secret");
        assertThatThrownBy(() -> status("bearer")).isInstanceOf(AuthError.class);
        assertThat(reads).hasValue(1);
        API.verify(2, getRequestedFor(anyUrl()));
    }

    @Test
    void aStoreThatIsDownThenSaysSo() {
        API.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(401)));
        stored.set("");
        assertThatThrownBy(() -> status("bearer"))
                .isInstanceOf(SecretMissing.class)
                .hasMessageContaining("the vault is sealed")
                .hasMessageNotContaining("old-secret");
    }
}
