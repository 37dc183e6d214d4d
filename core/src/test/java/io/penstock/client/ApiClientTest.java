package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static io.penstock.client.ScriptedTransport.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.auth.Auth;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.AccessDenied.BlockedDestination;
import io.penstock.error.BadAnswer.OutcomeUnknown;
import io.penstock.error.BadAnswer.PaginationLoop;
import io.penstock.error.BadAnswer.RequestRejected;
import io.penstock.error.BadAnswer.UnexpectedContent;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.PenstockException;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.Throttled;
import io.penstock.error.TryLater.UpstreamError;
import io.penstock.message.ApiRequest;
import io.penstock.message.Origin;
import io.penstock.message.ResponsePart;
import io.penstock.page.Paging;
import io.penstock.rate.RateLimit;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class ApiClientTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String HOME = "https://api.example.com/v2";

    private VirtualTimeScheduler time;
    private ScriptedTransport transport;

    record Customer(String id) {}

    @BeforeEach
    void startTime() {
        time = VirtualTimeScheduler.create();
    }

    @AfterEach
    void endTime() {
        time.dispose();
    }

    private ApiClient.Builder client(Function<ApiRequest, Publisher<ResponsePart>> script) {
        transport = new ScriptedTransport(script);
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        return ClientResources.of(transport, time, clock, RandomGenerator.of("L64X128MixRandom"))
                .client(URI.create(HOME));
    }

    /** Three pages of two records each. */
    private static Flux<ResponsePart> threePages(ApiRequest request) {
        int page = Integer.parseInt(request.query("cursor").orElse("0"));
        String next = page < 2 ? "\"" + (page + 1) + "\"" : "null";
        return json("{\"items\":[{\"id\":\"" + page + "a\"},{\"id\":\"" + page + "b\"}],\"next_cursor\":" + next + "}");
    }

    private Flux<PageBatch> walk(ApiClient api) {
        return api.get("/customers")
                .pages(Paging.cursor("/next_cursor", "cursor"))
                .batches("/items");
    }

    @Test
    void readsATypedListFromTheFirstPageToTheLast() {
        ApiClient api = client(ApiClientTest::threePages).build();
        StepVerifier.create(api.get("/customers")
                        .pages(Paging.cursor("/next_cursor", "cursor"))
                        .records("/items", Customer.class)
                        .map(Customer::id))
                .expectNext("0a", "0b", "1a", "1b", "2a", "2b")
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent).hasSize(3);
        assertThat(transport.underWay).hasValue(0);
    }

    @Test
    void sendsNothingBeforeSomebodyAsks() {
        ApiClient api = client(ApiClientTest::threePages).build();
        StepVerifier.create(walk(api), 0)
                .expectSubscription()
                .then(() -> assertThat(transport.sent).isEmpty())
                .thenRequest(1)
                .expectNextMatches(batch ->
                        batch.page() == 0 && batch.end() && batch.next().equals(Optional.of("1")))
                .then(() -> assertThat(transport.sent).hasSize(1))
                .thenRequest(1)
                .expectNextMatches(batch -> batch.page() == 1)
                .then(() -> assertThat(transport.sent).hasSize(2))
                .thenCancel()
                .verify(LIMIT);
        assertThat(transport.underWay).hasValue(0);
    }

    @Test
    void takesUpAWalkFromAToken() {
        ApiClient api = client(ApiClientTest::threePages).build();
        StepVerifier.create(api.get("/customers")
                        .pages(Paging.cursor("/next_cursor", "cursor"))
                        .from(Optional.of("2"))
                        .batches("/items"))
                .expectNextMatches(PageBatch::last)
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent).hasSize(1);
    }

    @Test
    void paysTheQuotaForEachPage() {
        ApiClient api = client(ApiClientTest::threePages)
                .limit(RateLimit.of(1, Duration.ofSeconds(10)))
                .build();
        StepVerifier.withVirtualTime(() -> walk(api), () -> time, Long.MAX_VALUE)
                .expectNextCount(1)
                .expectNoEvent(Duration.ofSeconds(10))
                .thenAwait(Duration.ofMillis(250))
                .expectNextCount(1)
                .thenAwait(Duration.ofMillis(10_250))
                .expectNextCount(1)
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void repeatsWhatFailedAndPaysAgain() {
        AtomicInteger tries = new AtomicInteger();
        ApiClient api = client(
                        request -> tries.incrementAndGet() < 3 ? answer(503, Map.of(), "") : json("{\"id\":\"x\"}"))
                .build();
        StepVerifier.withVirtualTime(() -> api.get("/one").as(Customer.class), () -> time, Long.MAX_VALUE)
                .thenAwait(Duration.ofMinutes(5))
                .expectNext(new Customer("x"))
                .expectComplete()
                .verify(LIMIT);
        assertThat(tries).hasValue(3);
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        AtomicInteger tries = new AtomicInteger();
        ApiClient api = client(request -> tries.incrementAndGet() == 1
                        ? answer(429, Map.of("Retry-After", "3600", "Date", "Thu, 01 Jan 2026 00:00:00 GMT"), "")
                        : json("{\"id\":\"x\"}"))
                .build();
        StepVerifier.create(api.get("/one").exchange())
                .expectErrorSatisfies(failure -> {
                    assertThat(failure).isInstanceOf(Throttled.class);
                    assertThat(((Throttled) failure).resumeAt()).contains(Instant.parse("2026-01-01T01:00:00Z"));
                })
                .verify(LIMIT);
        assertThat(tries).hasValue(1);
    }

    @Test
    void nobodyElseAsksAServerThatWantsHours() {
        AtomicInteger tries = new AtomicInteger();
        ApiClient api = client(request -> {
                    tries.incrementAndGet();
                    return answer(429, Map.of("Retry-After", "3600"), "");
                })
                .build();
        for (String path : List.of("/one", "/two")) {
            StepVerifier.create(api.get(path).exchange())
                    .expectErrorSatisfies(failure -> {
                        assertThat(failure).isInstanceOf(Throttled.class);
                        assertThat(((Throttled) failure).resumeAt()).isPresent();
                    })
                    .verify(LIMIT);
        }
        assertThat(tries).hasValue(1);
    }

    @Test
    void aThrottleHoldsTheWholeBudget() {
        AtomicInteger tries = new AtomicInteger();
        ApiClient api = client(request -> tries.incrementAndGet() == 1
                        ? answer(429, Map.of("Retry-After", "60"), "")
                        : json("{\"id\":\"x\"}"))
                .build();
        api.get("/one").exchange().subscribe();
        StepVerifier.withVirtualTime(() -> api.get("/two").exchange(), () -> time, Long.MAX_VALUE)
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(59_999))
                .thenAwait(Duration.ofSeconds(7))
                .expectNextCount(1)
                .expectComplete()
                .verify(LIMIT);
    }

    @Test
    void neverRepeatsAPostWhoseOutcomeIsUnknown() {
        AtomicInteger tries = new AtomicInteger();
        ApiClient api = client(request -> {
                    tries.incrementAndGet();
                    return Flux.error(new NetworkError(NetworkError.Step.RESET, "reset", null));
                })
                .build();
        StepVerifier.create(api.post("/orders").json(Map.of("a", 1)).exchange())
                .expectError(OutcomeUnknown.class)
                .verify(LIMIT);
        assertThat(tries).hasValue(1);
    }

    @Test
    void namesWhatToDoAboutARefusal() {
        ApiClient api = client(request -> answer(401, Map.of(), "{\"error\":{\"code\":\"token_expired\"}}"))
                .build();
        StepVerifier.create(api.get("/one?secret=hidden").exchange())
                .expectErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOf(AuthError.class)
                        .hasMessageContaining(
                                "GET https://api.example.com/v2/one was answered with 401 (token_expired)")
                        .hasMessageContaining("check auth")
                        .hasMessageNotContaining("hidden"))
                .verify(LIMIT);
        ApiClient missing = client(request -> answer(404, Map.of(), "")).build();
        StepVerifier.create(missing.get("/one").exchange())
                .expectErrorSatisfies(failure ->
                        assertThat(((RequestRejected) failure).status()).isEqualTo(404))
                .verify(LIMIT);
    }

    @Test
    void anHtmlPageIsNoRecord() {
        ApiClient api = client(
                        request -> answer(200, Map.of("Content-Type", "text/html; charset=utf-8"), "<html></html>"))
                .build();
        StepVerifier.withVirtualTime(() -> walk(api), () -> time, Long.MAX_VALUE)
                .thenAwait(Duration.ofHours(1))
                .expectError(UnexpectedContent.class)
                .verify(LIMIT);
        assertThat(transport.sent).as("twice more, no longer").hasSize(3);
    }

    @Test
    void anHtmlPageThatCallsItselfJsonIsNoRecordEither() {
        ApiClient api = client(request -> json("\n <!doctype html><title>Log in</title>"))
                .build();
        StepVerifier.withVirtualTime(() -> walk(api), () -> time, Long.MAX_VALUE)
                .thenAwait(Duration.ofHours(1))
                .expectError(UnexpectedContent.class)
                .verify(LIMIT);
    }

    @Test
    void aLoginPageBehindARedirectIsNoRecord() {
        ApiClient api = client(request -> request.url().getPath().endsWith("/login")
                        ? answer(200, Map.of("Content-Type", "text/html"), "<form>")
                        : answer(302, Map.of("Location", "/login"), ""))
                .build();
        StepVerifier.withVirtualTime(() -> walk(api), () -> time, Long.MAX_VALUE)
                .thenAwait(Duration.ofHours(1))
                .expectError(UnexpectedContent.class)
                .verify(LIMIT);
    }

    @Test
    void aKeyThatAServerWritesIntoItsLinkStaysAtHome() {
        ApiClient api = client(request -> request.origin().host().equals("api.example.com")
                        ? json("{\"items\":[{\"id\":\"x\"}],\"next\":\"https://files.example.com/2?key=word&page=2\"}")
                        : json("{\"items\":[]}"))
                .auth(Auth.query("key", Secret.of("word")))
                .allow(Origin.of(URI.create("https://files.example.com")))
                .build();
        StepVerifier.create(api.get("/one").pages(Paging.nextUrl("/next")).batches("/items"))
                .expectNextCount(2)
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent.get(0).query("key")).contains("word");
        assertThat(transport.sent.get(1).url()).hasToString("https://files.example.com/2?page=2");
    }

    @Test
    void aPathThatStepsElsewhereIsRefused() {
        ApiClient api = client(request -> json("{}")).build();
        for (String path : new String[] {"/../admin", "/a/%2e%2E/b", "/a/.", "/a\\..\\b"}) {
            assertThatThrownBy(() -> api.get(path)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(api.get("/a..b/...?next=../x").request().url()).hasToString(HOME + "/a..b/...?next=../x");
    }

    @Test
    void putsTheCredentialOnRequestsHomeAndNowhereElse() {
        ApiClient api = client(request -> request.origin().host().equals("api.example.com")
                        ? answer(302, Map.of("Location", "https://files.example.com/x"), "")
                        : json("{\"id\":\"x\"}"))
                .auth(Auth.bearer(Secret.of("token-text")))
                .allow(Origin.of(URI.create("https://files.example.com")))
                .build();
        StepVerifier.create(api.get("/one").as(Customer.class))
                .expectNext(new Customer("x"))
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent.get(0).headers().first("Authorization")).contains("Bearer token-text");
        assertThat(transport.sent.get(1).headers().first("Authorization")).isEmpty();
    }

    @Test
    void aLinkToAStrangerIsBlocked() {
        ApiClient api = client(request -> json("{\"items\":[{\"id\":\"x\"}],\"next\":\"https://evil.example.net/2\"}"))
                .build();
        StepVerifier.create(api.get("/one").pages(Paging.nextUrl("/next")).batches("/items"))
                .expectNextCount(1)
                .expectError(BlockedDestination.class)
                .verify(LIMIT);
        assertThat(transport.sent).hasSize(1);
    }

    @Test
    void aCursorThatLoopsEndsTheWalk() {
        ApiClient api = client(request -> json("{\"items\":[{\"id\":\"x\"}],\"next_cursor\":\"same\"}"))
                .build();
        StepVerifier.create(walk(api).then()).expectError(PaginationLoop.class).verify(LIMIT);
        assertThat(transport.sent.size()).isLessThanOrEqualTo(2);
    }

    @Test
    void cancellingGivesBackEverything() {
        ApiClient api = client(request -> Flux.never()).concurrency(1).build();
        for (int i = 0; i < 100; i++) {
            api.get("/one").exchange().subscribe().dispose();
        }
        assertThat(transport.sent).hasSize(100);
        assertThat(transport.underWay).hasValue(0);
    }

    @Test
    void refusesEveryWrongSettingAtOnce() {
        ApiClient.Builder builder =
                ApiClient.at("ftp://example.com").concurrency(0).header("Host", "x");
        assertThatThrownBy(builder::build)
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("concurrency")
                .hasMessageContaining("Host")
                .hasMessageContaining("http");
    }

    @Test
    void keepsItsPlaceInTheFailure() {
        ApiClient api = client(request -> answer(500, Map.of(), "")).build();
        StepVerifier.withVirtualTime(() -> api.get("/one").exchange(), () -> time, Long.MAX_VALUE)
                .thenAwait(Duration.ofHours(1))
                .expectErrorSatisfies(failure -> {
                    assertThat(failure).isInstanceOf(UpstreamError.class);
                    assertThat(((PenstockException) failure).place().attempts()).isEqualTo(8);
                    assertThat(((PenstockException) failure).place().requestId())
                            .contains("request-id");
                })
                .verify(LIMIT);
        assertThat(time.now(TimeUnit.MINUTES)).isGreaterThan(0);
    }
}
