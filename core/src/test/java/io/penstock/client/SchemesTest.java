package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static io.penstock.client.ScriptedTransport.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.auth.Auth;
import io.penstock.auth.Authenticator;
import io.penstock.auth.Placement;
import io.penstock.auth.SessionLogin;
import io.penstock.auth.sign.AwsCredentials;
import io.penstock.auth.sign.AwsSignature;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.PenstockException;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.HttpDates;
import io.penstock.message.ResponsePart;
import io.penstock.record.Pointer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Schemes that talk to the server, through a whole client; rows U1 and U5 for sessions. */
class SchemesTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final URI HOME = URI.create("https://api.example.com");

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

    private ClientResources resources(Function<ApiRequest, Publisher<ResponsePart>> script) {
        transport = new ScriptedTransport(script);
        return ClientResources.of(transport, time, Clock.fixed(NOW, ZoneOffset.UTC), new SplittableRandom(7));
    }

    private ApiClient client(Authenticator auth, Function<ApiRequest, Publisher<ResponsePart>> script) {
        return resources(script).client(HOME).auth(auth).build();
    }

    private static String header(ApiRequest request, String name) {
        return request.headers().first(name).orElse("");
    }

    private static PenstockException failure(Mono<ApiResponse> call) {
        return (PenstockException) call.materialize().block(LIMIT).getThrowable();
    }

    private static Publisher<ResponsePart> challenge(String nonce, String more) {
        return answer(
                401,
                Map.of(
                        "WWW-Authenticate",
                        "Digest realm=\"r\", qop=\"auth\", algorithm=SHA-256, nonce=\"" + nonce + "\"" + more),
                "");
    }

    private static final Authenticator DIGEST = Auth.digest("ann", Secret.of("hunter2"), new SplittableRandom(1));

    @Test
    void digestAnswersOneChallengeAndUsesItsNonceAgain() {
        ApiClient api = client(
                Auth.digest("ann", Secret.of("hunter2"), new SplittableRandom(1)),
                request ->
                        header(request, "Authorization").contains("nonce=\"n1\"") ? json("{}") : challenge("n1", ""));
        api.get("/a").exchange().block(LIMIT);
        api.get("/b?c=d").exchange().block(LIMIT);
        assertThat(transport.sent).hasSize(3);
        assertThat(header(transport.sent.get(0), "Authorization")).isEmpty();
        assertThat(header(transport.sent.get(1), "Authorization"))
                .contains("nc=00000001")
                .contains("uri=\"/a\"");
        assertThat(header(transport.sent.get(2), "Authorization"))
                .contains("nc=00000002")
                .contains("uri=\"/b?c=d\"");
    }

    @Test
    void digestTakesANewNonceWhenTheOldIsStaleAndNotWhenThePasswordIsWrong() {
        AtomicInteger asked = new AtomicInteger();
        ApiClient stale = client(DIGEST, request -> switch (asked.getAndIncrement()) {
            case 0 -> challenge("n1", "");
            case 2 -> challenge("n2", ", stale=TRUE");
            default -> json("{}");
        });
        stale.get("/a").exchange().block(LIMIT);
        stale.get("/b").exchange().block(LIMIT);
        assertThat(header(transport.sent.get(3), "Authorization")).contains("nonce=\"n2\"");

        ApiClient wrong = client(
                Auth.digest("ann", Secret.of("hunter2"), new SplittableRandom(1)), request -> challenge("n1", ""));
        assertThat(failure(wrong.get("/a").exchange()))
                .isInstanceOf(AuthError.class)
                .hasMessageNotContaining("hunter2");
        assertThat(transport.sent).hasSize(2);
    }

    @Test
    void aClockThatIsOffIsCorrectedOnceForAws() {
        Instant there = NOW.plus(Duration.ofMinutes(20));
        AwsSignature signature = AwsSignature.of(
                new AwsCredentials("AKIDEXAMPLE", Secret.of("key"), Optional.empty()), "us-east-1", "s3");
        String date = "Thu, 01 Jan 2026 00:20:00 GMT";
        assertThat(HttpDates.parse(date, NOW)).contains(there);
        ApiClient api = client(
                Auth.aws(signature, Clock.fixed(NOW, ZoneOffset.UTC)),
                request -> header(request, "X-Amz-Date").equals("20260101T002000Z")
                        ? json("{}")
                        : answer(403, Map.of("Date", date), "<Error><Code>RequestTimeTooSkewed</Code></Error>"));
        api.get("/bucket").exchange().block(LIMIT);
        api.get("/bucket").exchange().block(LIMIT);
        assertThat(transport.sent.stream().map(request -> header(request, "X-Amz-Date")))
                .containsExactly("20260101T000000Z", "20260101T002000Z", "20260101T002000Z");
    }

    @Test
    void aRefusalAtTheRightTimeIsNotSentAgain() {
        AwsSignature signature = AwsSignature.of(
                new AwsCredentials("AKIDEXAMPLE", Secret.of("key"), Optional.empty()), "us-east-1", "s3");
        ApiClient api = client(
                Auth.aws(signature, Clock.fixed(NOW, ZoneOffset.UTC)),
                request -> answer(403, Map.of("Date", "Thu, 01 Jan 2026 00:00:30 GMT"), ""));
        assertThat(failure(api.get("/bucket").exchange())).isInstanceOf(AuthError.class);
        assertThat(transport.sent).hasSize(1);
    }

    private final AtomicInteger logins = new AtomicInteger();

    private Publisher<ResponsePart> login(ApiRequest request) {
        assertThat(new String(request.body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"user\":\"ann\",\"password\":\"hunter2\"}");
        return json("{\"data\":{\"token\":\"t" + logins.incrementAndGet() + "\"}}");
    }

    private ApiClient session(SessionLogin login, Function<ApiRequest, Publisher<ResponsePart>> script) {
        return resources(script).client(HOME).auth(login).concurrency(500).build();
    }

    private static SessionLogin.Builder login() {
        return SessionLogin.at(URI.create("https://api.example.com/login"))
                .field("user", "ann")
                .field("password", Secret.of("hunter2"))
                .tokenAt(Pointer.of("/data/token"));
    }

    @Test
    void aSessionIsBegunOnceForAllWhoWait() {
        ApiClient api = session(
                login().build(), request -> request.url().getPath().equals("/login") ? login(request) : json("{}"));
        Flux.range(0, 500)
                .flatMap(i -> api.get("/a").exchange(), 500)
                .as(StepVerifier::create)
                .expectNextCount(500)
                .expectComplete()
                .verify(LIMIT);
        assertThat(logins).hasValue(1);
        assertThat(transport.sent.stream()
                        .filter(request -> header(request, "Authorization").equals("Bearer t1")))
                .hasSize(500);
    }

    @Test
    void aSessionThatIsOverIsRenewedAndARefusalOfTheNewOneStands() {
        ApiClient api = session(
                login().sentAs(Placement.header("X-Session", "")).build(),
                request -> request.url().getPath().equals("/login")
                        ? login(request)
                        : header(request, "X-Session").equals("t2") ? json("{}") : answer(401, Map.of(), ""));
        api.get("/a").exchange().block(LIMIT);
        api.get("/b").exchange().block(LIMIT);
        assertThat(logins).hasValue(2);
        assertThat(transport.sent).hasSize(5);

        ApiClient never = session(
                login().build(),
                request -> request.url().getPath().equals("/login") ? login(request) : answer(401, Map.of(), ""));
        assertThat(failure(never.get("/a").exchange())).isInstanceOf(AuthError.class);
        assertThat(failure(never.get("/a").exchange())).isInstanceOf(AuthError.class);
        assertThat(logins).as("one first and one forced login, no storm").hasValue(4);
    }

    @Test
    void aSessionEndsWithItsLifetime() {
        ApiClient api = session(
                login().lifetime(Duration.ofMinutes(5)).build(),
                request -> request.url().getPath().equals("/login") ? login(request) : json("{}"));
        api.get("/a").exchange().block(LIMIT);
        time.advanceTimeBy(Duration.ofMinutes(5).minusMillis(1));
        api.get("/a").exchange().block(LIMIT);
        assertThat(logins).hasValue(1);
        time.advanceTimeBy(Duration.ofMillis(1));
        api.get("/a").exchange().block(LIMIT);
        assertThat(logins).hasValue(2);
    }

    @Test
    void aSessionMayBeACookieThatARedirectingLoginSets() {
        ApiClient api = session(
                SessionLogin.at(URI.create("https://api.example.com/login"))
                        .field("user", "ann")
                        .field("password", Secret.of("hunter2"))
                        .tokenInCookie("sid")
                        .asForm()
                        .build(),
                request -> request.url().getPath().equals("/login")
                        ? answer(302, Map.of("Location", "/welcome", "Set-Cookie", "sid=abc; Path=/; HttpOnly"), "")
                        : json("{}"));
        api.get("/a").header("Cookie", "theme=dark").exchange().block(LIMIT);
        assertThat(new String(transport.sent.get(0).body(), StandardCharsets.UTF_8))
                .isEqualTo("user=ann&password=hunter2");
        assertThat(header(transport.sent.get(1), "Cookie")).isEqualTo("theme=dark; sid=abc");
    }

    @Test
    void aLoginThatFailsSaysWhatToMendAndNoSecret() {
        for (Publisher<ResponsePart> refusal : List.of(
                answer(401, Map.of(), "hunter2"), answer(200, Map.of(), "{\"other\":\"hunter2\"}"), json("hunter2"))) {
            ApiClient api = session(login().build(), request -> refusal);
            assertThat(failure(api.get("/a").exchange()))
                    .isInstanceOf(AuthError.class)
                    .hasMessageContaining("login at api.example.com/login")
                    .hasMessageContaining("check")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void aCallMayHaveACredentialOfItsOwn() {
        ApiClient api = client(Auth.bearer(Secret.of("one")), request -> json("{}"));
        api.get("/a").exchange().block(LIMIT);
        api.get("/a").auth(Auth.bearer(Secret.of("two"))).exchange().block(LIMIT);
        api.get("/a").auth(Auth.none()).exchange().block(LIMIT);
        api.get("/a")
                .auth(Auth.all(
                        Auth.header("X-Key", "", Secret.of("k")),
                        Auth.bearer(Secret.of("two")),
                        Auth.cookie("c", Secret.of("d"))))
                .exchange()
                .block(LIMIT);
        assertThat(transport.sent.stream().map(request -> header(request, "Authorization")))
                .containsExactly("Bearer one", "Bearer two", "", "Bearer two");
        assertThat(header(transport.sent.get(3), "X-Key") + header(transport.sent.get(3), "Cookie"))
                .isEqualTo("kc=d");
    }
}
