package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static io.penstock.client.ScriptedTransport.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.penstock.auth.Auth;
import io.penstock.auth.Authenticator;
import io.penstock.config.Secret;
import io.penstock.error.BadAnswer.RequestRejected;
import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.PenstockException;
import io.penstock.error.SentRequest;
import io.penstock.error.TryLater.Throttled;
import io.penstock.error.TryLater.UpstreamError;
import io.penstock.error.TryLater.UpstreamUnavailable;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.Headers;
import io.penstock.message.ResponsePart;
import io.penstock.observe.Lane;
import io.penstock.page.Paging;
import io.penstock.rate.Permits;
import io.penstock.retry.RetryBudget;
import io.penstock.retry.RetryPolicy;
import io.penstock.retry.RunDeadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes about a second. */
class ResilienceTest extends ResilienceRig {

    private static ApiResponse cached() {
        return new ApiResponse(200, Headers.NONE, "[]".getBytes(StandardCharsets.UTF_8), "");
    }

    @Test
    void aValueTakesThePlaceOfAnAnswerWhenAllTriesAreUsedUp() {
        ApiClient api = client(request -> answer(503, Map.of(), "")).build();
        call(api.get("/a").fallback(cached()).exchange());
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(transport.sent).hasSize(8);
        assertThat(outcome).hasSize(1).first().hasToString(cached().toString());
    }

    @Test
    void anotherRouteTakesThePlaceOfAnAnswer() {
        ApiClient api = client(request ->
                        request.url().getPath().endsWith("/a") ? answer(503, Map.of(), "") : json("{\"from\":\"b\"}"))
                .retry(RetryPolicy.builder().maxAttempts(1).build())
                .build();
        call(api.get("/a").fallback(api.get("/b")).as(Map.class));
        assertThat(outcome).containsExactly(Map.of("from", "b"));
    }

    @Test
    void whatWillNotPassHasNoFallback() {
        ApiClient api = client(request -> answer(404, Map.of(), "")).build();
        call(api.get("/a").fallback(cached()).exchange());
        assertThat(failed()).isInstanceOf(RequestRejected.class);
    }

    private Publisher<ResponsePart> after(long millis, String body) {
        return Mono.delay(Duration.ofMillis(millis), time).thenMany(json(body));
    }

    @Test
    void aHedgeTakesTheFasterOfTwo() {
        AtomicInteger count = new AtomicInteger();
        ApiClient api = client(
                        request -> count.incrementAndGet() == 1 ? after(5_000, "{\"n\":1}") : after(100, "{\"n\":2}"))
                .build();
        call(api.get("/a").hedge(Duration.ofSeconds(1)).as(Map.class));
        time.advanceTimeBy(Duration.ofMillis(999));
        assertThat(transport.sent).hasSize(1);
        time.advanceTimeBy(Duration.ofMillis(101));
        assertThat(outcome).containsExactly(Map.of("n", 2));
        assertThat(transport.underWay).as("the slower one is cancelled").hasValue(0);
        assertNothingIsHeld();
    }

    @Test
    void aHedgeIsNotSentBesideAFastAnswerOrAfterAFailure() {
        ApiClient api = client(request -> request.url().getPath().endsWith("/a")
                        ? after(999, "{}")
                        : Mono.delay(Duration.ofMillis(500), time).thenMany(answer(404, Map.of(), "")))
                .build();
        call(api.get("/a").hedge(Duration.ofSeconds(1)).exchange());
        call(api.get("/b").hedge(Duration.ofSeconds(1)).exchange());
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(transport.sent).hasSize(2);
        assertThat(outcome).hasSize(2);
    }

    @Test
    void aHedgeIsLeftOutWithoutTokens() {
        ApiClient api = client(request -> after(5_000, "{}")).build();
        RetryBudget budget = resources.shared().repeats().budget("https://api.example.com none");
        for (int i = 0; i < 35; i++) {
            budget.takeNow(RetryBudget.Cost.TRANSIENT).orElseThrow().spend();
        }
        call(api.get("/a").hedge(Duration.ofSeconds(1)).exchange());
        time.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(transport.sent).hasSize(1);
        assertThat(outcome).hasSize(1);
    }

    @Test
    void onlyWhatMayBeSentTwiceIsHedged() {
        ApiClient api = client(request -> json("{}")).build();
        call(api.post("/a").hedge(Duration.ofSeconds(1)).exchange());
        assertThat(failed()).isInstanceOf(ConfigError.class).hasMessageContaining("idempotent()");
        assertThat(transport.sent).isEmpty();
    }

    @Test
    void aFailureTellsTheLastRequestsWithoutAnySecret() {
        AtomicInteger count = new AtomicInteger();
        ApiClient api = client(request -> Mono.delay(Duration.ofMillis(40), time)
                        .thenMany(count.incrementAndGet() == 1 ? answer(503, Map.of(), "") : answer(404, Map.of(), "")))
                .auth(Auth.query("api_key", Secret.of("very-secret")))
                .build();
        call(api.get("/a").query("token", "hush").exchange());
        time.advanceTimeBy(Duration.ofSeconds(1));
        List<SentRequest> requests = failed().requests();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0).status()).isEqualTo(503);
        assertThat(requests.get(0).attempt()).isEqualTo(1);
        assertThat(requests.get(0).took()).isEqualTo(Duration.ofMillis(40));
        assertThat(requests.get(1).status()).isEqualTo(404);
        assertThat(requests.get(1).attempt()).isEqualTo(2);
        assertThat(requests.get(1).query()).containsExactly("token");
        assertThat(requests.get(1).requestId()).isEqualTo("request-id");
        assertThat(requests.toString() + requests.get(1).toMap()).doesNotContain("hush", "secret");
    }

    @Test
    void onlyTheLastRequestsAreTold() {
        ApiClient api = client(request -> request.query("cursor").orElse("0").equals("30")
                        ? answer(404, Map.of(), "")
                        : json("{\"items\":[{\"n\":" + request.query("cursor").orElse("0") + "}],\"next\":\""
                                + (Integer.parseInt(request.query("cursor").orElse("0")) + 1) + "\"}"))
                .build();
        Lane lane = Lane.begin(time);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        api.get("/a")
                .pages(Paging.cursor("/next", "cursor"))
                .batches("/items")
                .contextWrite(lane::into)
                .subscribe(batch -> {}, failure::set);
        assertThat(failure.get()).isInstanceOf(RequestRejected.class);
        assertThat(((PenstockException) failure.get()).requests())
                .hasSize(20)
                .last()
                .matches(last -> last.status() == 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Thu, 01 Jan 2026 00:00:00 GMT", "Fri, 02 Jan 2026 00:00:00 GMT", "Wed, 31 Dec 2025 00:00:00 GMT"
            })
    void aDateToWaitForIsMeasuredByTheServersClockThatEarlierAnswersTold(String there) {
        AtomicInteger count = new AtomicInteger();
        String until = there.replace("00:00:00", "00:02:00");
        ApiClient api = client(request -> switch (count.incrementAndGet()) {
                    case 1 -> answer(200, Map.of("Date", there), "{}");
                    case 2 -> answer(429, Map.of("Retry-After", until), "");
                    default -> json("{}");
                })
                .build();
        call(api.get("/a").exchange());
        call(api.get("/b").exchange());
        time.advanceTimeBy(Duration.ofMillis(119_999));
        assertThat(transport.sent).hasSize(2);
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(transport.sent).hasSize(3);
    }

    @Test
    void warnsOnceOfEachEndpointThatIsToBeTakenAway() {
        ListAppender<ILoggingEvent> heard = new ListAppender<>();
        Logger log = (Logger) LoggerFactory.getLogger("io.penstock.client.exchange.Sunsets");
        heard.start();
        log.addAppender(heard);
        ApiClient api = client(request -> answer(
                        200, Map.of("Deprecation", "@1688169599", "Sunset", "Sun, 30 Jun 2030 00:00:00 GMT"), "{}"))
                .build();
        for (int i = 0; i < 3; i++) {
            call(api.get("/a").query("page", "" + i).exchange());
            call(api.get("/b").exchange());
        }
        log.detachAppender(heard);
        assertThat(heard.list)
                .hasSize(2)
                .allMatch(event -> event.getFormattedMessage().contains("Sunset: Sun, 30 Jun 2030 00:00:00 GMT"));
    }

    @Test
    void aRunDeadlineEndsWhateverIsWaitedFor() {
        ApiClient api = client(request -> Flux.never()).build();
        RunDeadline deadline = RunDeadline.in(Duration.ofMinutes(3), time);
        call(api.get("/a").exchange().contextWrite(deadline::into));
        time.advanceTimeBy(Duration.ofMillis(179_999));
        assertThat(outcome).isEmpty();
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(failed()).isInstanceOf(UpstreamUnavailable.class).hasMessageContaining("whole run");
        assertThat(transport.underWay).hasValue(0);
        assertNothingIsHeld();
    }

    @Test
    void aTryIsCutWhenTheTimeOfAllTriesIsUp() {
        AtomicInteger count = new AtomicInteger();
        ApiClient api = client(request -> count.incrementAndGet() == 1 ? answer(503, Map.of(), "") : Flux.never())
                .build();
        call(api.get("/a").exchange());
        time.advanceTimeBy(Duration.ofMinutes(15).minusMillis(1));
        assertThat(outcome).isEmpty();
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(failed()).isInstanceOf(UpstreamUnavailable.class).hasCauseInstanceOf(UpstreamError.class);
        assertNothingIsHeld();
    }

    @Test
    void whoeverMeetsAnOpenCircuitPastItsDeadlineIsToldSo() {
        ApiClient api = client(request -> answer(503, Map.of(), ""))
                .retry(RetryPolicy.builder()
                        .maxAttempts(1)
                        .maxElapsed(Duration.ofSeconds(5))
                        .build())
                .build();
        for (int i = 0; i < 10; i++) {
            call(api.get("/a").exchange());
        }
        outcome.clear();
        call(api.get("/a").exchange());
        assertThat(failed()).isInstanceOf(UpstreamUnavailable.class).hasMessageContaining("is spared");
        assertThat(transport.sent).hasSize(10);
    }

    @Test
    void aThrottleIsNoFailureOfTheServer() {
        ApiClient api = client(request -> answer(429, Map.of(), ""))
                .retry(RetryPolicy.builder().maxAttempts(1).build())
                .build();
        for (int i = 0; i < 30; i++) {
            call(api.get("/a").exchange());
            time.advanceTimeBy(Duration.ofMinutes(2)); // without a hint, the whole budget waits up to a minute
        }
        assertThat(outcome).hasSize(30).allMatch(Throttled.class::isInstance);
    }

    @Test
    void nobodyHoldsASlotWhileACredentialIsMadeReady() {
        AtomicInteger readied = new AtomicInteger();
        Authenticator slow = new Authenticator() {
            @Override
            public Mono<ApiRequest> authorise(ApiRequest request) {
                return Mono.just(request);
            }

            @Override
            public Mono<Void> ready() {
                return Mono.delay(Duration.ofSeconds(1), time)
                        .doOnNext(late -> {
                            Permits permits =
                                    resources.shared().budgets().permits("https://api.example.com slow", List.of(), 1);
                            assertThat(permits.usage().inFlight()).isZero();
                            readied.incrementAndGet();
                        })
                        .then();
            }

            @Override
            public String identity() {
                return "slow";
            }
        };
        ApiClient api = client(request -> json("{}")).auth(slow).concurrency(1).build();
        call(api.get("/a").exchange());
        time.advanceTimeBy(Duration.ofSeconds(2));
        assertThat(readied).hasValue(1);
        assertThat(outcome).hasSize(1);
        assertThat(time.now(TimeUnit.SECONDS)).isEqualTo(2);
    }
}
