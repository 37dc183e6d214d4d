package io.penstock.auth.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.auth.AuthMeans;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.AccessDenied.ReauthorizationRequired;
import io.penstock.error.TryLater.UpstreamUnavailable;
import io.penstock.message.ApiRequest;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.message.ResponsePart.Head;
import io.penstock.store.Vault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Rows U1, U2 and U5 in virtual time: how many token calls there are, and who waits for which. */
class BrokerTest {

    private static final ApiRequest REQUEST = ApiRequest.of(Method.GET, URI.create("https://api.example.com/a"));
    private static final Duration HOUR = Duration.ofHours(1);

    private VirtualTimeScheduler time;
    private final List<MonoSink<Issued>> calls = new ArrayList<>();
    private final List<Runnable> goings = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private int cancelled;
    private Broker broker;

    @BeforeEach
    void begin() {
        time = VirtualTimeScheduler.create();
        AuthMeans means = new AuthMeans(
                (request, going) -> Mono.error(new AssertionError("nothing is sent here")),
                new AuthMeans.Time(time, Clock.systemUTC(), RandomGenerator.of("L64X128MixRandom")),
                Vault.inMemory(time),
                "owner",
                secret -> {});
        broker = Broker.of(
                "identity",
                (none, going) -> Mono.create(sink -> {
                    calls.add(sink);
                    goings.add(going);
                    sink.onCancel(() -> cancelled++);
                }),
                means);
    }

    @AfterEach
    void end() {
        time.dispose();
    }

    private Disposable send() {
        return broker.ready()
                .then(Mono.defer(() -> broker.authorise(REQUEST)))
                .subscribe(
                        request -> sent.add(
                                request.headers().first("Authorization").orElseThrow()),
                        failures::add);
    }

    private void answer(String token, Optional<Duration> lifetime) {
        goings.get(calls.size() - 1).run();
        calls.get(calls.size() - 1).success(new Issued(Secret.of(token), lifetime, Optional.empty()));
    }

    private void begun(String token, Duration lifetime) {
        send();
        answer(token, Optional.of(lifetime));
        sent.clear();
    }

    private Mono<Boolean> refused(String token, String challenge) {
        return broker.refused(
                REQUEST.header("Authorization", "Bearer " + token),
                new Head(401, Headers.of(Map.of("WWW-Authenticate", challenge)), "id"));
    }

    @Test
    void fiveHundredCallersAtExpiryMakeOneTokenCall() {
        begun("old", HOUR);
        time.advanceTimeBy(HOUR);

        for (int i = 0; i < 500; i++) {
            send();
        }

        assertThat(calls).hasSize(2); // the first, and this one
        assertThat(sent).isEmpty();
        answer("new", Optional.of(HOUR));
        assertThat(sent).hasSize(500).containsOnly("Bearer new");
        assertThat(calls).hasSize(2);
    }

    @Test
    void insideTheSkewRequestsGoOnWithTheOldTokenWhileOneRenewalRuns() {
        begun("old", HOUR);
        time.advanceTimeBy(HOUR.minusSeconds(301));
        send();
        assertThat(calls).hasSize(1); // not yet due, whatever was drawn
        time.advanceTimeBy(Duration.ofSeconds(300));

        for (int i = 0; i < 100; i++) {
            send();
        }

        assertThat(calls).hasSize(2);
        assertThat(sent).hasSize(101).containsOnly("Bearer old");
        answer("new", Optional.of(HOUR));
        send();
        assertThat(sent).last().isEqualTo("Bearer new");
    }

    @Test
    void requestsWaitOnlyPastTheRealEnd() {
        begun("old", HOUR);
        time.advanceTimeBy(HOUR.minusNanos(1));
        send();
        assertThat(sent).containsExactly("Bearer old");

        time.advanceTimeBy(Duration.ofNanos(1));
        send();

        assertThat(sent).hasSize(1);
        answer("new", Optional.of(HOUR));
        assertThat(sent).containsExactly("Bearer old", "Bearer new");
    }

    @Test
    void theLifeOfATokenBeginsBeforeItWasAskedFor() {
        send();
        goings.get(0).run();
        time.advanceTimeBy(Duration.ofMinutes(10)); // a slow answer
        calls.get(0).success(new Issued(Secret.of("old"), Optional.of(HOUR), Optional.empty()));
        time.advanceTimeBy(Duration.ofMinutes(50));
        sent.clear();

        send();

        assertThat(sent).isEmpty();
    }

    @Test
    void aRenewalNobodyWaitsForIsGivenUpUnlessItHasGoneOut() {
        Disposable one = send();
        Disposable two = send();
        one.dispose();
        assertThat(cancelled).isZero();
        two.dispose();
        assertThat(cancelled).isEqualTo(1);

        Disposable three = send();
        assertThat(calls).hasSize(2);
        goings.get(1).run();
        three.dispose();
        assertThat(cancelled).isEqualTo(1);
        calls.get(1).success(new Issued(Secret.of("kept"), Optional.of(HOUR), Optional.empty()));
        send();
        assertThat(calls).hasSize(2);
        assertThat(sent).containsExactly("Bearer kept");
    }

    @Test
    void aFailureIsSharedAndNotTriedAgainByEveryRequest() {
        for (int i = 0; i < 50; i++) {
            send();
        }
        calls.get(0).error(new UpstreamUnavailable("down"));
        for (int i = 0; i < 50; i++) {
            send();
        }

        assertThat(calls).hasSize(1);
        assertThat(failures).hasSize(100).allMatch(failure -> failure instanceof AuthError);
        assertThat(failures).doesNotHaveDuplicates(); // each is told where it happened
        time.advanceTimeBy(Duration.ofSeconds(5));
        send();
        assertThat(calls).hasSize(2);
    }

    @Test
    void theOldTokenServesWhileRenewalsFail() {
        begun("old", HOUR);
        time.advanceTimeBy(HOUR.minusSeconds(200));
        send();
        calls.get(1).error(new UpstreamUnavailable("down"));
        send();
        send();

        assertThat(calls).hasSize(2); // a setback is waited out
        time.advanceTimeBy(Duration.ofSeconds(5));
        send();
        assertThat(calls).hasSize(3);
        assertThat(sent).hasSize(4).containsOnly("Bearer old");
    }

    @Test
    void aDeadGrantIsToldAsSuch() {
        send();
        calls.get(0).error(new ReauthorizationRequired("dead"));

        assertThat(failures).singleElement().isInstanceOf(ReauthorizationRequired.class);
    }

    @Test
    void aRefusedTokenThatHasBeenReplacedCostsNoTokenCall() {
        begun("new", HOUR);
        List<Boolean> again = new ArrayList<>();

        refused("old", "Bearer").subscribe(again::add);

        assertThat(again).containsExactly(true);
        assertThat(calls).hasSize(1);
    }

    @Test
    void aRefusedTokenIsRenewedOnceForAllAndAtMostOnceAMinute() {
        begun("one", HOUR);
        List<Boolean> again = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            refused("one", "Bearer").subscribe(again::add);
        }
        assertThat(calls).hasSize(2);
        answer("two", Optional.of(HOUR));
        assertThat(again).hasSize(20).containsOnly(true);

        again.clear();
        time.advanceTimeBy(Duration.ofSeconds(60).minusNanos(1));
        refused("two", "Bearer").subscribe(again::add);
        assertThat(again).containsExactly(false);
        time.advanceTimeBy(Duration.ofNanos(1));
        refused("two", "Bearer").subscribe(again::add);
        assertThat(calls).hasSize(3);
    }

    @Test
    void theSameTokenAgainIsNoReasonToSendOnceMore() {
        begun("one", HOUR);
        List<Boolean> again = new ArrayList<>();

        refused("one", "Bearer").subscribe(again::add);
        answer("one", Optional.of(HOUR));

        assertThat(again).containsExactly(false);
    }

    @Test
    void aTokenTooNarrowIsNotRenewedAndTheScopeIsNamed() {
        begun("one", HOUR);

        refused("one", "Bearer error=\"insufficient_scope\", scope=\"orders.read\"")
                .subscribe(sent -> {}, failures::add);

        assertThat(calls).hasSize(1);
        assertThat(failures)
                .singleElement()
                .satisfies(failure ->
                        assertThat(failure).isInstanceOf(AuthError.class).hasMessageContaining("orders.read"));
    }

    @Test
    void aTokenOfUnknownLifeIsRenewedOnlyWhenItIsRefused() {
        send();
        answer("one", Optional.empty());
        time.advanceTimeBy(Duration.ofDays(1000));
        send();
        assertThat(calls).hasSize(1);

        refused("one", "Bearer").subscribe();

        assertThat(calls).hasSize(2);
    }
}
