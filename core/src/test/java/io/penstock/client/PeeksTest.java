package io.penstock.client;

import static io.penstock.client.ScriptedTransport.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.BadAnswer.PaginationLoop;
import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.NetworkError.Step;
import io.penstock.message.ApiRequest;
import io.penstock.message.Glimpse;
import io.penstock.message.Headers;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import io.penstock.page.Paging;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The next page asked for while this one is coming: time won, demand, what is given up. Budget: 5 s. */
class PeeksTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration HALF = Duration.ofMillis(50);

    private VirtualTimeScheduler time;
    private ScriptedTransport transport;

    record Item(int id) {}

    @BeforeEach
    void startTime() {
        time = VirtualTimeScheduler.create();
    }

    @AfterEach
    void endTime() {
        time.dispose();
    }

    private Pages pages(Function<ApiRequest, Publisher<ResponsePart>> script) {
        transport = new ScriptedTransport(script);
        Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
        return ClientResources.of(transport, time, clock, RandomGenerator.of("L64X128MixRandom"))
                .client(URI.create("https://api.example.com"))
                .concurrency(10)
                .build()
                .get("/items")
                .pages(Paging.link())
                .aheadAsAllowed();
    }

    private static int number(ApiRequest request) {
        return Integer.parseInt(request.query("page").orElse("1"));
    }

    private static Head head(int next) {
        Map<String, String> link = Map.of("Link", "</items?page=" + next + ">; rel=\"next\"");
        return new Head(200, next > 0 ? Headers.of(link) : Headers.NONE, "request-id");
    }

    private static Chunk body(String records) {
        return new Chunk(records.getBytes(StandardCharsets.UTF_8), true);
    }

    /** The header section comes half-way through an answer's time. */
    private Flux<ResponsePart> answer(Head head, Flux<ResponsePart> rest) {
        return Flux.deferContextual(context -> {
            Flux<ResponsePart> first = Flux.<ResponsePart>just(head)
                    .delaySequence(HALF, time)
                    .doOnNext(part -> Glimpse.in(context).ifPresent(shown -> shown.begins(head)));
            return first.concatWith(rest.delaySequence(HALF, time));
        });
    }

    private Flux<ResponsePart> page(int number, int pages) {
        return answer(head(number < pages ? number + 1 : 0), Flux.just(body("[{\"id\":" + number + "}]")));
    }

    private static Integer[] upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toArray(Integer[]::new);
    }

    @Test
    void pagesOverlapByTheTimeBetweenHeaderAndEnd() {
        Pages peeking = pages(request -> page(number(request), 10));
        StepVerifier.withVirtualTime(() -> peeking.records("", Item.class).map(Item::id), () -> time, Long.MAX_VALUE)
                .thenAwait(HALF.multipliedBy(11).minusMillis(1))
                .expectNext(upTo(9))
                .thenAwait(Duration.ofMillis(1))
                .expectNext(10)
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent).hasSize(10);
        assertThat(transport.underWay).hasValue(0);
    }

    @Test
    void onePageAtMostIsAskedForBeyondDemand() {
        Pages peeking = pages(request -> page(number(request), 10));
        StepVerifier.withVirtualTime(() -> peeking.batches(""), () -> time, 0)
                .expectSubscription()
                .then(() -> assertThat(transport.sent).isEmpty())
                .thenRequest(1)
                .thenAwait(Duration.ofHours(1))
                .expectNextCount(1)
                .then(() -> assertThat(transport.sent).hasSize(2))
                .thenAwait(Duration.ofHours(1))
                .then(() -> assertThat(transport.sent).hasSize(2))
                .thenRequest(1)
                .thenAwait(Duration.ofHours(1))
                .expectNextCount(1)
                .then(() -> assertThat(transport.sent)
                        .as("the third had been begun")
                        .hasSize(3))
                .thenCancel()
                .verify(LIMIT);
        assertThat(transport.underWay).hasValue(0);
    }

    @Test
    void cancellingGivesUpWhatWasBegun() {
        for (int millis = 0; millis <= 600; millis += 10) {
            Pages peeking = pages(request -> page(number(request), 10));
            Disposable walk = peeking.batches("").subscribe();
            time.advanceTimeBy(Duration.ofMillis(millis));
            walk.dispose();
            assertThat(transport.underWay).as("cancelled at %d ms", millis).hasValue(0);
        }
    }

    @Test
    void aPageThatBreaksOffTakesTheOneBehindWithIt() {
        Pages peeking = pages(request -> {
            boolean breaks = number(request) == 2
                    && transport.sent.stream().filter(sent -> number(sent) == 2).count() == 1;
            return breaks
                    ? answer(head(3), Flux.error(new NetworkError(Step.RESET, "cut off", null)))
                    : page(number(request), 4);
        });
        StepVerifier.withVirtualTime(() -> peeking.records("", Item.class).map(Item::id), () -> time, Long.MAX_VALUE)
                .thenAwait(Duration.ofMinutes(5))
                .expectNext(upTo(4))
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent.stream().map(PeeksTest::number)).containsExactly(1, 2, 3, 2, 3, 4);
        assertThat(transport.underWay).hasValue(0);
    }

    @Test
    void whatWasBegunOnAnAddressThatDidNotHoldIsDropped() {
        Pages peeking = pages(request -> {
            boolean breaks = number(request) == 1 && transport.sent.size() == 1;
            return breaks
                    ? answer(head(7), Flux.error(new NetworkError(Step.RESET, "cut off", null)))
                    : page(number(request), 3);
        });
        StepVerifier.withVirtualTime(() -> peeking.records("", Item.class).map(Item::id), () -> time, Long.MAX_VALUE)
                .thenAwait(Duration.ofMinutes(5))
                .expectNext(upTo(3))
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent.stream().map(PeeksTest::number)).containsExactly(1, 7, 1, 2, 3);
    }

    @Test
    void aPageTooLargeToBeHeldIsGivenUpAndAskedForInItsTurn() {
        Pages peeking = pages(request -> number(request) == 2
                ? answer(
                        head(3), Flux.just(new Chunk("[{\"id\":2}".getBytes(StandardCharsets.UTF_8), false), body("]")))
                : page(number(request), 3));
        StepVerifier.withVirtualTime(() -> peeking.batches(""), () -> time, 1)
                .thenAwait(Duration.ofHours(1))
                .expectNextCount(1)
                .then(() -> assertThat(transport.underWay)
                        .as("nothing keeps its place")
                        .hasValue(0))
                .thenRequest(Long.MAX_VALUE)
                .thenAwait(Duration.ofHours(1))
                .expectNextCount(3)
                .expectComplete()
                .verify(LIMIT);
        assertThat(transport.sent.stream().map(PeeksTest::number)).containsExactly(1, 2, 2, 3);
    }

    @Test
    void aFailureOfWhatWasBegunIsToldInItsTurn() {
        Pages peeking = pages(request ->
                number(request) == 2 ? ScriptedTransport.answer(404, Map.of(), "{}") : page(number(request), 3));
        StepVerifier.withVirtualTime(() -> peeking.batches(""), () -> time, 1)
                .thenAwait(Duration.ofHours(1))
                .expectNextCount(1)
                .thenRequest(1)
                .thenAwait(Duration.ofHours(1))
                .expectErrorMatches(
                        failure -> String.valueOf(failure.getMessage()).contains("404"))
                .verify(LIMIT);
    }

    @Test
    void aLoopIsFoundAsEver() {
        Pages peeking = pages(request -> answer(head(1), Flux.just(body("[{\"id\":1}]"))));
        StepVerifier.withVirtualTime(() -> peeking.batches(""), () -> time, Long.MAX_VALUE)
                .thenAwait(Duration.ofHours(1))
                .thenConsumeWhile(batch -> true)
                .expectError(PaginationLoop.class)
                .verify(LIMIT);
        assertThat(transport.underWay).hasValue(0);
    }

    @Test
    void aSinglePageNeedsNoAddress() {
        Pages peeking = pages(request -> json("[{\"id\":1}]"));
        assertThat(peeking.records("", Item.class).collectList().block(LIMIT)).isEqualTo(List.of(new Item(1)));
    }
}
