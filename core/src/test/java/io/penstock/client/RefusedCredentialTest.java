package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static io.penstock.client.ScriptedTransport.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.auth.Authenticator;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.AccessDenied.ReauthorizationRequired;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.Origin;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Head;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Rows A9 and U5, as the exchange sees them: what a 401 does to one request. */
class RefusedCredentialTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger version = new AtomicInteger(1);
    private VirtualTimeScheduler time;
    private ScriptedTransport transport;

    @BeforeEach
    void startTime() {
        time = VirtualTimeScheduler.create();
    }

    @AfterEach
    void endTime() {
        time.dispose();
    }

    private ApiClient client(Mono<Boolean> another, Function<ApiRequest, Publisher<ResponsePart>> script) {
        transport = new ScriptedTransport(script);
        Authenticator renewable = new Authenticator() {
            @Override
            public Mono<ApiRequest> authorise(ApiRequest request) {
                return Mono.fromSupplier(() -> request.header("Authorization", "Bearer " + version.get()));
            }

            @Override
            public Mono<Boolean> refused(ApiRequest used, Head answer) {
                return another.doOnSubscribe(begun -> {
                    assertThat(used.headers().first("Authorization")).contains("Bearer " + version.get());
                    assertThat(answer.status()).isEqualTo(401);
                    asked.incrementAndGet();
                    version.incrementAndGet();
                });
            }

            @Override
            public String identity() {
                return "renewable";
            }
        };
        return ClientResources.of(transport, time, Clock.systemUTC(), RandomGenerator.of("L64X128MixRandom"))
                .client(URI.create("https://api.example.com"))
                .auth(renewable)
                .concurrency(1)
                .allow(Origin.of(URI.create("https://cdn.example.com")))
                .build();
    }

    private static Publisher<ResponsePart> onlySecond(ApiRequest request) {
        return request.headers()
                        .first("Authorization")
                        .filter("Bearer 2"::equals)
                        .isPresent()
                ? json("{}")
                : answer(401, Map.of(), "{}");
    }

    @Test
    void aRefusedRequestIsSentOnceMoreWithTheNewCredentialThroughTheOnlyPermit() {
        ApiClient api = client(Mono.just(true), RefusedCredentialTest::onlySecond);

        StepVerifier.create(api.get("/a").exchange().map(ApiResponse::status))
                .expectNext(200)
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent).hasSize(2);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aWriteThatWasRefusedIsSentOnceMoreToo() {
        ApiClient api = client(Mono.just(true), RefusedCredentialTest::onlySecond);

        StepVerifier.create(api.post("/a").json(Map.of("a", 1)).exchange().map(ApiResponse::status))
                .expectNext(200)
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent).hasSize(2);
    }

    @Test
    void aSecondRefusalEndsTheRequest() {
        ApiClient api = client(Mono.just(true), request -> answer(401, Map.of(), "{}"));

        StepVerifier.create(api.get("/a").exchange())
                .expectError(AuthError.class)
                .verify(LIMIT);
        assertThat(transport.sent).hasSize(2);
        assertThat(asked).hasValue(1);
    }

    @Test
    void withoutAnotherCredentialTheRefusalStands() {
        ApiClient api = client(Mono.just(false), request -> answer(401, Map.of(), "{}"));

        StepVerifier.create(api.get("/a").exchange())
                .expectErrorSatisfies(failure ->
                        assertThat(failure).isInstanceOf(AuthError.class).hasMessageContaining("check auth"))
                .verify(LIMIT);
        assertThat(transport.sent).hasSize(1);
    }

    @Test
    void aDeadGrantIsWhatTheRequestFailsWith() {
        ApiClient api =
                client(Mono.error(new ReauthorizationRequired("log in")), request -> answer(401, Map.of(), "{}"));

        StepVerifier.create(api.get("/a").exchange())
                .expectError(ReauthorizationRequired.class)
                .verify(LIMIT);
    }

    @Test
    void forbiddenIsNoMatterOfAnotherCredential() {
        ApiClient api = client(Mono.just(true), request -> answer(403, Map.of(), "{}"));

        StepVerifier.create(api.get("/a").exchange())
                .expectError(AuthError.class)
                .verify(LIMIT);
        assertThat(asked).hasValue(0);
    }

    @Test
    void anOriginThatNeverGotTheCredentialDoesNotRenewIt() {
        ApiClient api = client(
                Mono.just(true),
                request -> request.url().getHost().startsWith("api")
                        ? answer(302, Map.of("Location", "https://cdn.example.com/x"), "")
                        : answer(401, Map.of(), "{}"));

        StepVerifier.create(api.get("/a").exchange())
                .expectError(AuthError.class)
                .verify(LIMIT);
        assertThat(transport.sent).hasSize(2);
        assertThat(asked).hasValue(0);
    }

    @Test
    void whoTakesAnyAnswerGetsRefusalsAndRedirectsAsTheyAre() {
        ApiClient api = client(
                Mono.just(true),
                request -> request.url().getPath().equals("/a")
                        ? answer(401, Map.of(), "{\"error\":\"invalid_client\"}")
                        : answer(302, Map.of("Location", "https://api.example.com/b"), ""));

        StepVerifier.create(api.get("/a").verbatim().exchange().map(ApiResponse::status))
                .expectNext(401)
                .expectComplete()
                .verify(LIMIT);
        StepVerifier.create(api.get("/r").verbatim().exchange().map(ApiResponse::status))
                .expectNext(302)
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent).hasSize(2);
        assertThat(asked).hasValue(0);
    }
}
