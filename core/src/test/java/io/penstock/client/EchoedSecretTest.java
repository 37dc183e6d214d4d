package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.auth.Auth;
import io.penstock.auth.Authenticator;
import io.penstock.config.Secret;
import io.penstock.error.BadAnswer.RequestRejected;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that repeats a secret as its error code: no error of an embedder's shows it. */
class EchoedSecretTest extends ResilienceRig {

    private static final String SECRET = "s3cr3t-canary";

    static Stream<Authenticator> credentials() {
        Secret secret = Secret.of(SECRET);
        return Stream.of(
                Auth.bearer(secret),
                Auth.basic("user", secret),
                Auth.header("X-Anything", "", secret),
                Auth.query("anything", secret),
                Auth.cookie("anything", secret));
    }

    private Throwable refused(Authenticator auth, String code, UnaryOperator<ApiClient.Builder> more) {
        outcome.clear();
        String body = "{\"error\":{\"code\":\"" + code + "\"}}";
        call(more.apply(client(request -> answer(400, Map.of(), body)))
                .auth(auth)
                .build()
                .get("/a")
                .exchange());
        assertThat(failed()).isInstanceOf(RequestRejected.class);
        return failed();
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void aCodeThatRepeatsTheCredentialIsLeftOut(Authenticator auth) {
        for (String echo : new String[] {SECRET, SECRET.substring(1), "s3cr3t"}) {
            assertThat(refused(auth, echo, client -> client)).hasMessageNotContaining(echo);
        }
    }

    @Test
    void aCodeThatRepeatsASecretOfTheCallerIsLeftOut() {
        assertThat(refused(Auth.none(), SECRET, client -> client.header("X-Api-Key", SECRET)))
                .hasMessageNotContaining(SECRET);
        assertThat(refused(Auth.none(), SECRET, client -> client.query("api_key", SECRET)))
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void anyOtherCodeIsTold() {
        assertThat(refused(Auth.bearer(Secret.of(SECRET)), "bad_month", client -> client))
                .hasMessageContaining("(bad_month)");
    }
}
