package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static io.penstock.client.ScriptedTransport.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.auth.Auth;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.BadAnswer.RequestRejected;
import io.penstock.error.TryLater.Throttled;
import io.penstock.message.ApiResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read in the body and the challenge of a refusal: problems of quotas, and scopes that were missing. */
class RefusalBodyTest extends ResilienceRig {

    private static final String TYPES = "https://iana.org/assignments/http-problem-types";
    private static final Map<String, String> PROBLEM = Map.of("Content-Type", "application/problem+json");

    /** A client whose first request, which is on its way, is answered with {@code status} and {@code type}. */
    private ApiClient refusedOnce(int status, String type, Map<String, String> headers) {
        AtomicInteger count = new AtomicInteger();
        ApiClient api = client(request -> count.incrementAndGet() == 1
                        ? answer(status, headers, "{\"type\":\"" + type + "\",\"title\":\"no\"}")
                        : json("{}"))
                .build();
        call(api.get("/a").exchange());
        return api;
    }

    @ParameterizedTest
    @CsvSource({"429, quota-exceeded", "403, quota-exceeded", "503, temporary-reduced-capacity", "400, quota-exceeded"})
    void aProblemOfQuotasIsAThrottleWhateverTheStatus(int status, String type) {
        ApiClient api = refusedOnce(status, TYPES + "#" + type, PROBLEM);
        call(api.get("/b").exchange());
        assertThat(transport.sent).as("the whole budget waits").hasSize(1);
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(outcome).hasSize(2).allMatch(ApiResponse.class::isInstance);
        assertThat(transport.sent).hasSize(3);
    }

    @Test
    void aProblemOfQuotasThatSaysWhenIsWaitedFor() {
        refusedOnce(403, TYPES + "#quota-exceeded", Map.of("Retry-After", "30"));
        time.advanceTimeBy(Duration.ofMillis(29_999));
        assertThat(transport.sent).hasSize(1);
        time.advanceTimeBy(Duration.ofSeconds(4));
        assertThat(transport.sent).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"'', 60", "10, 60", "90, 90"})
    void whoseUseIsFoundAbnormalDoesNotComeBackSoon(String after, long seconds) {
        refusedOnce(429, TYPES + "#abnormal-usage-detected", after.isEmpty() ? PROBLEM : Map.of("Retry-After", after));
        time.advanceTimeBy(Duration.ofSeconds(seconds).minusMillis(1));
        assertThat(transport.sent).hasSize(1);
        time.advanceTimeBy(Duration.ofSeconds(7));
        assertThat(transport.sent).hasSize(2);
    }

    @Test
    void aProblemThatLastsNamesItself() {
        ApiClient api = client(request -> answer(403, PROBLEM, "{\"type\":\"" + TYPES + "#quota-exceeded\"}"))
                .build();
        call(api.get("/a").exchange());
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(failed()).isInstanceOf(Throttled.class).hasMessageContaining("403 (quota-exceeded)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"about:blank", "quota-exceeded", TYPES + "#quota-exceeded-not", "#"})
    void anyOtherProblemIsNoThrottle(String type) {
        refusedOnce(400, type, PROBLEM);
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(failed()).isInstanceOf(RequestRejected.class);
    }

    private String forbidden(Map<String, String> headers, String body) {
        outcome.clear();
        call(client(request -> answer(403, headers, body))
                .auth(Auth.bearer(Secret.of("s3cr3t-canary")))
                .build()
                .get("/a")
                .exchange());
        assertThat(failed()).isInstanceOf(AuthError.class).hasMessageContaining("403");
        return failed().getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    Bearer realm="api", error="insufficient_scope", scope="orders:read orders:list" | orders:read orders:list
                    Bearer error=insufficient_scope,scope=orders:read                               | orders:read
                    Basic realm="x", Bearer scope="https://www.example.com/auth/drive.readonly"     | https://www.example.com/auth/drive.readonly
                    """)
    void aForbiddenNamesTheScopesOfItsChallenge(String challenge, String scopes) {
        assertThat(forbidden(Map.of("WWW-Authenticate", challenge), "{\"scope\":\"not:this\"}"))
                .contains("this needs " + scopes + ", so");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {"ok":false,"error":"missing_scope","needed":"channels:read","provided":"chat"}  | channels:read
                    {"error":{"code":"forbidden","required_scopes":["orders:read","orders:list"]}}   | orders:read orders:list
                    {"error":"insufficient_scope","scope":"a, b c"}                                  | a b c
                    """)
    void aForbiddenNamesTheScopesOfItsBody(String body, String scopes) {
        assertThat(forbidden(Map.of(), body)).contains("this needs " + scopes + ", so");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"scope\":7}",
                "{\"scope\":\"\"}",
                "{\"scope\":\"<b>\"}",
                "{\"scope\":\"s3cr3t-canary\"}",
                "no json",
                ""
            })
    void aForbiddenThatNamesNoneAdvisesToLookAtThem(String body) {
        assertThat(forbidden(Map.of("WWW-Authenticate", "Bearer realm=\"scope=\""), body))
                .endsWith("the credentials do not suffice: check the scopes or rights of the token")
                .doesNotContain("canary");
    }
}
