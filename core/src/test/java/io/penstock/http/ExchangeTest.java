package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.NetworkError.Step;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart;
import io.penstock.message.ResponsePart.Chunk;
import io.penstock.message.ResponsePart.Head;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The deadlines of §10 in virtual time, with no socket anywhere. */
class ExchangeTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Head HEAD = new Head(200, Headers.NONE, "id");

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final TestPublisher<ResponsePart> answer = TestPublisher.create();
    private final AtomicReference<Exchange> open = new AtomicReference<>();
    private final ApiRequest request = ApiRequest.of(Method.GET, URI.create("http://h/p?secret=1"));
    private final Exchange.Terms terms = new Exchange.Terms(Timeouts.DEFAULT, time, () -> "id");
    private final Flux<ResponsePart> parts = Exchange.of(request, terms, exchange -> {
        open.set(exchange);
        return answer;
    });

    private static void isTimeout(Throwable error, String deadline) {
        assertThat(error)
                .hasMessageContaining("GET http://h/p: ")
                .hasMessageContaining(deadline)
                .isInstanceOfSatisfying(NetworkError.class, late -> {
                    assertThat(late.step()).isEqualTo(Step.TIMEOUT);
                    assertThat(late.place().requestId()).contains("id");
                });
        assertThat(error.getMessage()).doesNotContain("secret");
    }

    private void answered() {
        open.get().sent();
        open.get().answered(Runnable::run);
        answer.next(HEAD);
    }

    @Test
    void aServerThatNeverAnswersMeetsTheHeaderDeadline() {
        StepVerifier.create(parts)
                .expectSubscription()
                .then(() -> open.get().sent())
                .then(() -> time.advanceTimeBy(Duration.ofMillis(29_999)))
                .then(() -> assertThat(answer.wasCancelled()).isFalse())
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
                .expectErrorSatisfies(error -> isTimeout(error, "response_headers"))
                .verify(LIMIT);
        answer.assertCancelled();
    }

    @Test
    void aConnectionThatIsNeverMadeIsUnsent() {
        StepVerifier.create(parts)
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(65)))
                .expectErrorSatisfies(
                        error -> assertThat(((NetworkError) error).unsent()).isTrue())
                .verify(LIMIT);
    }

    @Test
    void aSilentBodyMeetsTheIdleDeadline() {
        StepVerifier.create(parts)
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(10)))
                .then(this::answered)
                .expectNext(HEAD)
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(29)))
                .then(() -> open.get().received(1))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(29_999)))
                .then(() -> assertThat(answer.wasCancelled()).isFalse())
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
                .expectErrorSatisfies(error -> isTimeout(error, "body_idle"))
                .verify(LIMIT);
        answer.assertCancelled();
    }

    @Test
    void aDribblingBodyMeetsTheRateDeadline() {
        StepVerifier.create(parts)
                .expectSubscription()
                .then(this::answered)
                .expectNext(HEAD)
                .then(() -> {
                    for (int i = 0; i < 200; i++) {
                        open.get().received(1);
                        time.advanceTimeBy(Duration.ofMillis(300));
                    }
                })
                .expectErrorSatisfies(error -> isTimeout(error, "1024 bytes a second"))
                .verify(LIMIT);
    }

    @Test
    void whileNobodyAsksNoDeadlinePasses() {
        StepVerifier.create(parts)
                .expectSubscription()
                .then(this::answered)
                .expectNext(HEAD)
                .then(() -> open.get().pause())
                .then(() -> time.advanceTimeBy(Duration.ofDays(2)))
                .then(() -> assertThat(answer.wasCancelled()).isFalse())
                .then(() -> open.get().resume())
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(29)))
                .then(() -> answer.next(new Chunk(new byte[0], true)).complete())
                .expectNextCount(1)
                .expectComplete()
                .verify(LIMIT);
        assertThat(time.getScheduledTaskCount()).isGreaterThan(0);
    }

    @Test
    void afterThePauseTheDeadlinesRunAgain() {
        StepVerifier.create(parts)
                .expectSubscription()
                .then(this::answered)
                .expectNext(HEAD)
                .then(() -> open.get().pause())
                .then(() -> time.advanceTimeBy(Duration.ofDays(2)))
                .then(() -> open.get().resume())
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(30)))
                .expectErrorSatisfies(error -> isTimeout(error, "body_idle"))
                .verify(LIMIT);
    }

    @Test
    void cancellingCancelsTheConnectionAndTheAlarm() {
        StepVerifier.create(parts).expectSubscription().thenCancel().verify(LIMIT);
        answer.assertCancelled();
        time.advanceTimeBy(Duration.ofDays(1));
    }

    @Test
    void failuresGetTheirTypeByWhereTheyHappen() {
        StepVerifier.create(parts)
                .expectSubscription()
                .then(() -> answer.error(new IOException("broken")))
                .expectErrorSatisfies(
                        error -> assertThat(((NetworkError) error).step()).isEqualTo(Step.CONNECT))
                .verify(LIMIT);
        TestPublisher<ResponsePart> second = TestPublisher.create();
        StepVerifier.create(Exchange.of(request, terms, exchange -> {
                    exchange.sent();
                    exchange.answered(Runnable::run);
                    return second;
                }))
                .expectSubscription()
                .then(() -> second.error(new IOException("broken")))
                .expectErrorSatisfies(error -> assertThat(error).isInstanceOf(TruncatedResponse.class))
                .verify(LIMIT);
    }
}
