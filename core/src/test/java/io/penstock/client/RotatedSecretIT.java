package io.penstock.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.penstock.auth.Auth;
import io.penstock.auth.Authenticator;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.BadConfig.SecretMissing;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
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
            VirtualTimeScheduler.create());

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
