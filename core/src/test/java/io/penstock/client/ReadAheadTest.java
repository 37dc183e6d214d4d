package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static io.penstock.client.ScriptedTransport.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadAnswer.CursorExpired;
import io.penstock.error.BadAnswer.LimitExceeded;
import io.penstock.error.BadAnswer.PaginationLoop;
import io.penstock.error.BadAnswer.RequestRejected;
import io.penstock.error.PenstockException;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import io.penstock.page.Paging;
import io.penstock.page.TokenExpiry;
import io.penstock.page.WalkLimits;
import io.penstock.rate.RateLimit;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Numbered pages side by side: order, speed, what is dropped and what is let go. Budget: 5 s. */
class ReadAheadTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration LATENCY = Duration.ofMillis(100);

    private VirtualTimeScheduler time;
    private ScriptedTransport transport;
    private Duration latency = LATENCY;
    private int cap = 10;

    record Item(int id) {}

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
                .client(URI.create("https://api.example.com"))
                .concurrency(100);
    }

    /** A list of {@code total} records behind an offset and a limit, which the server may cap. */
    private Function<ApiRequest, Publisher<ResponsePart>> listOf(int total) {
        return request -> {
            int offset = Integer.parseInt(request.query("offset").orElse("0"));
            int limit = Math.min(cap, Integer.parseInt(request.query("limit").orElse("10")));
            return later(items(offset, Math.min(total, offset + limit)));
        };
    }

    /** Numbered pages of ten, and 404 beyond the last one. */
    private Function<ApiRequest, Publisher<ResponsePart>> pagesOf(int pages) {
        return request -> {
            int page = Integer.parseInt(request.query("page").orElse("1"));
            return page > pages
                    ? answer(404, Map.of(), "")
                    : later("{\"more\":" + (page < pages) + ",\"items\":" + items(10 * (page - 1), 10 * page) + "}");
        };
    }

    private Flux<ResponsePart> later(String body) {
        return json(body).delaySubscription(latency, time);
    }

    private static String items(int from, int to) {
        return IntStream.range(from, Math.max(from, to))
                .mapToObj(id -> "{\"id\":" + id + "}")
                .toList()
                .toString();
    }

    private static Pages offsets(ApiClient api) {
        return api.get("/items").pages(Paging.offset("offset", "limit", 10));
    }

    private static Pages numbers(ApiClient api) {
        return api.get("/items").pages(Paging.page("page", 1).hasNext("/more"));
    }

    /** Reads all and gives the virtual time that took. */
    private Duration read(Flux<Item> items, int expected) {
        long start = time.now(TimeUnit.NANOSECONDS);
        long[] end = new long[1];
        List<Integer> ids = new java.util.ArrayList<>();
        StepVerifier.create(items.doOnNext(item -> ids.add(item.id()))
                        .doOnComplete(() -> end[0] = time.now(TimeUnit.NANOSECONDS))
                        .then())
                .then(() -> time.advanceTimeBy(Duration.ofHours(1)))
                .expectComplete()
                .verify(LIMIT);
        assertThat(ids).isEqualTo(IntStream.range(0, expected).boxed().toList());
        assertThat(transport.underWay).hasValue(0);
        return Duration.ofNanos(end[0] - start);
    }

    @Test
    void aWindowOfPagesTakesThatManyTimesLess() {
        Duration one = read(offsets(client(listOf(1000)).build()).records("", Item.class), 1000);
        Duration ten = read(offsets(client(listOf(1000)).build()).ahead(10).records("", Item.class), 1000);
        assertThat(one).isEqualTo(LATENCY.multipliedBy(101));
        assertThat(ten).isLessThanOrEqualTo(LATENCY.multipliedBy(12));
    }

    @Test
    void theLimitsMayDecideHowManyPagesAreUnderWay() {
        Duration four = read(
                offsets(client(listOf(2000)).concurrency(4).build())
                        .aheadAsAllowed()
                        .records("", Item.class),
                2000);
        assertThat(transport.most.get()).isBetween(4, 5); // one may end while the next begins
        Duration fifty = read(
                offsets(client(listOf(2000)).concurrency(50).build())
                        .aheadAsAllowed()
                        .records("", Item.class),
                2000);
        assertThat(transport.most.get()).isBetween(50, 51);
        assertThat(four).isBetween(LATENCY.multipliedBy(51), LATENCY.multipliedBy(53));
        assertThat(fifty).isBetween(LATENCY.multipliedBy(5), LATENCY.multipliedBy(6));
    }

    @Test
    void aConcurrencyThatIsLearnedWidensTheWindow() {
        read(
                offsets(client(listOf(5000)).adaptiveConcurrency(32).build())
                        .aheadAsAllowed()
                        .records("", Item.class),
                5000);
        assertThat(transport.most.get()).isBetween(6, 33);
    }

    @Test
    void pagesComeInOrderHoweverLateTheyAre() {
        int[] asked = {0};
        ApiClient api = client(request -> {
                    latency = Duration.ofMillis(700 - 60L * (asked[0]++ % 11));
                    return listOf(500).apply(request);
                })
                .build();
        read(offsets(api).ahead(7).records("", Item.class), 500);
    }

    @Test
    void theLimitHoldsForPagesReadAheadToo() {
        ApiClient api = client(listOf(400))
                .limit(RateLimit.of(10, Duration.ofSeconds(1)))
                .build();
        Duration all = read(offsets(api).ahead(20).records("", Item.class), 400);
        assertThat(all).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void whatGoesWrongBeyondTheEndIsNobodysBusiness() {
        read(numbers(client(pagesOf(5)).build()).ahead(8).records("/items", Item.class), 50);
    }

    @Test
    void whatGoesWrongBeforeTheEndIsToldInItsTurn() {
        ApiClient api = client(request -> request.query("page").equals(java.util.Optional.of("4"))
                        ? answer(422, Map.of(), "")
                        : pagesOf(9).apply(request))
                .build();
        StepVerifier.create(numbers(api).ahead(6).batches("/items"))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(10)))
                .expectNextCount(3)
                .expectError(RequestRejected.class)
                .verify(LIMIT);
        assertThat(transport.underWay).hasValue(0);
    }

    @Test
    void aServerThatCapsPagesShowsTheStepWithItsFirst() {
        cap = 4;
        read(offsets(client(listOf(200)).build()).ahead(5).records("", Item.class), 200);
        assertThat(transport.sent).hasSizeLessThan(60);
    }

    @Test
    void pagesThatJumpAreReadOneAfterTheOtherInTheEnd() {
        ApiClient api = client(request -> {
                    int offset = Integer.parseInt(request.query("offset").orElse("0"));
                    return later(items(offset, Math.min(300, offset + 3 + offset % 7)));
                })
                .build();
        read(offsets(api).ahead(6).records("", Item.class), 300);
    }

    @Test
    void nothingIsSentBeforeSomebodyAsksAndNoMoreThanTheWindowAfterwards() {
        ApiClient api = client(listOf(1000)).build();
        StepVerifier.create(offsets(api).ahead(5).batches(""), 0)
                .then(() -> assertThat(transport.sent).isEmpty())
                .thenRequest(1)
                .then(() -> time.advanceTimeBy(LATENCY))
                .expectNextCount(1)
                .then(() -> time.advanceTimeBy(Duration.ofHours(1)))
                .then(() -> assertThat(transport.sent).hasSize(1))
                .thenRequest(1)
                .then(() -> time.advanceTimeBy(Duration.ofHours(1)))
                .expectNextCount(1)
                .then(() -> assertThat(transport.sent).hasSizeLessThanOrEqualTo(8))
                .thenCancel()
                .verify(LIMIT);
        assertThat(transport.underWay).hasValue(0);
    }

    @Test
    void aCancelLetsGoOfEveryPageUnderWay() {
        ApiClient api = client(listOf(1000)).build();
        StepVerifier.create(offsets(api).ahead(5).batches(""))
                .then(() -> time.advanceTimeBy(LATENCY))
                .expectNextCount(1)
                .then(() -> assertThat(transport.underWay).hasValue(5))
                .thenCancel()
                .verify(LIMIT);
        assertThat(transport.underWay).hasValue(0);
    }

    @Test
    void aPageThatBreaksIsAskedForAgainInItsPlace() {
        int[] failures = {0};
        ApiClient api = client(
                        request -> request.query("offset").equals(java.util.Optional.of("30")) && failures[0]++ < 2
                                ? answer(503, Map.of(), "")
                                : listOf(100).apply(request))
                .build();
        read(offsets(api).ahead(4).records("", Item.class), 100);
        assertThat(failures[0]).isEqualTo(3);
    }

    @Test
    void anApiThatIgnoresTheNumberIsCaught() {
        ApiClient api = client(request -> later(items(0, 10))).build();
        StepVerifier.create(offsets(api).ahead(4).batches(""))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .expectNextCount(2)
                .expectError(PaginationLoop.class)
                .verify(LIMIT);
    }

    @Test
    void onlyNumberedPagesCanBeCountedAhead() {
        Pages cursor = client(listOf(1)).build().get("/items").pages(Paging.cursor("/next", "cursor"));
        assertThatThrownBy(() -> cursor.ahead(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("numbers or offsets");
        assertThatThrownBy(() -> cursor.ahead(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWalkStopsAtItsLimits() {
        for (WalkLimits limits : List.of(new WalkLimits(3, 1_000_000), new WalkLimits(1_000_000, 30))) {
            StepVerifier.create(
                            offsets(client(listOf(1000)).build()).within(limits).batches(""))
                    .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                    .expectNextCount(2)
                    .expectError(LimitExceeded.class)
                    .verify(LIMIT);
        }
        assertThatThrownBy(() -> new WalkLimits(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private Flux<PageBatch> cursorWalk(int status, String body, TokenExpiry expiry) {
        return client(request -> request.query("cursor").isPresent()
                        ? answer(status, Map.of("Content-Type", "application/json"), body)
                        : json("{\"items\":[{\"id\":1}],\"next\":\"x\"}"))
                .build()
                .get("/items")
                .pages(Paging.cursor("/next", "cursor"))
                .expiring(expiry)
                .batches("/items");
    }

    @Test
    void aTokenTheApiNoLongerKnowsIsExpiredAndNotMerelyRefused() {
        StepVerifier.create(cursorWalk(410, "", TokenExpiry.DEFAULT))
                .expectNextCount(1)
                .expectErrorSatisfies(failure -> {
                    assertThat(failure).isInstanceOf(CursorExpired.class);
                    assertThat(((PenstockException) failure).place().requestId())
                            .contains("request-id");
                })
                .verify(LIMIT);
        StepVerifier.create(cursorWalk(400, "", new TokenExpiry(Set.of(400), Set.of())))
                .expectNextCount(1)
                .expectError(CursorExpired.class)
                .verify(LIMIT);
        StepVerifier.create(cursorWalk(400, "", TokenExpiry.DEFAULT))
                .expectNextCount(1)
                .expectError(RequestRejected.class)
                .verify(LIMIT);
    }

    @Test
    void aFirstPageThatIsGoneIsRefused() {
        ApiClient api = client(request -> answer(410, Map.of(), "")).build();
        StepVerifier.create(api.get("/items")
                        .pages(Paging.cursor("/next", "cursor"))
                        .batches("/items"))
                .expectError(RequestRejected.class)
                .verify(LIMIT);
    }
}
