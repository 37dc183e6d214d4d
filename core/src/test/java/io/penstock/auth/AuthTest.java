package io.penstock.auth;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.config.Secret;
import io.penstock.message.ApiRequest;
import io.penstock.message.Method;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class AuthTest {

    private static final ApiRequest REQUEST = ApiRequest.of(Method.GET, URI.create("https://h/p?a=1"));
    private static final Secret SECRET = Secret.named("env:TOKEN", "hunter2");

    private static ApiRequest authorised(Authenticator authenticator) {
        return requireNonNull(authenticator.authorise(REQUEST).block(Duration.ofSeconds(5)));
    }

    @Test
    void putsTheCredentialWhereItBelongs() {
        assertThat(authorised(Auth.none())).isSameAs(REQUEST);
        assertThat(authorised(Auth.bearer(SECRET)).headers().all("Authorization"))
                .containsExactly("Bearer hunter2");
        assertThat(authorised(Auth.header("X-Api-Key", "", SECRET)).headers().first("x-api-key"))
                .contains("hunter2");
        assertThat(authorised(Auth.header("Authorization", "Token ", SECRET))
                        .headers()
                        .first("Authorization"))
                .contains("Token hunter2");
        assertThat(authorised(Auth.query("key", SECRET)).url()).hasToString("https://h/p?a=1&key=hunter2");
    }

    @Test
    void basicIsEncodedInUtf8() {
        assertThat(authorised(Auth.basic("Aladdin", Secret.of("open sesame")))
                        .headers()
                        .first("Authorization"))
                .contains("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assertThat(authorised(Auth.basic("test", Secret.of("123£"))).headers().first("Authorization"))
                .contains("Basic dGVzdDoxMjPCow==");
        assertThatThrownBy(() -> Auth.basic("a:b", SECRET)).hasMessageContaining("colon");
    }

    @Test
    void identitiesTellCredentialsApartWithoutShowingThem() {
        List<Authenticator> all = List.of(
                Auth.none(),
                Auth.bearer(SECRET),
                Auth.bearer(Secret.named("env:OTHER", "x")),
                Auth.basic("user", SECRET),
                Auth.header("X-Api-Key", "", SECRET),
                Auth.query("key", SECRET));
        assertThat(all.stream().map(Authenticator::identity).distinct()).hasSize(all.size());
        assertThat(all).allSatisfy(one -> {
            assertThat(one.identity()).doesNotContain("hunter2");
            assertThat(one.toString()).doesNotContain("hunter2");
        });
    }

    @Test
    void secretsGivenInCodeAreDifferentCredentials() {
        assertThat(Auth.bearer(Secret.of("one")).identity())
                .isNotEqualTo(Auth.bearer(Secret.of("two")).identity());
    }

    @Test
    void aSecretThatCannotBeAHeaderIsRefusedWithoutBeingShown() {
        StepVerifier.create(Auth.bearer(Secret.of("hunter2\nX-Evil: 1")).authorise(REQUEST))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("Authorization")
                        .satisfies(it -> assertThat(it.getMessage()).doesNotContain("hunter2")))
                .verify(Duration.ofSeconds(5));
    }
}
