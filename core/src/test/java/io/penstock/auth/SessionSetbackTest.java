package io.penstock.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.TryLater.UpstreamError;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.Headers;
import io.penstock.message.ResponsePart.Head;
import io.penstock.record.Pointer;
import io.penstock.store.Vault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What becomes of requests whose session's login fails: no storm that locks the account. */
class SessionSetbackTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final AtomicReference<String> stored = new AtomicReference<>("old-secret");
    private final AtomicInteger reads = new AtomicInteger();
    private final List<String> logins = new ArrayList<>();
    private int refusal = 401;
    private String accepted = "new-secret";
    private final Authenticator session = session(Secret.of("old-secret"));

    @AfterEach
    void end() {
        time.dispose();
    }

    private Secret renewed() {
        return Secret.renewed(
                "vault:shop#password",
                "old-secret",
                Mono.fromSupplier(() -> {
                    reads.incrementAndGet();
                    return stored.get();
                }),
                time);
    }

    private Authenticator session(Secret password) {
        return SessionLogin.at(URI.create("https://api.example.com/login"))
                .field("password", password)
                .tokenAt(Pointer.of("/token"))
                .build()
                .open(new AuthMeans(
                        (request, going) ->
                                Mono.delay(Duration.ofMillis(100), time).map(passed -> answer(request)),
                        new AuthMeans.Time(time, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), new SplittableRandom(11)),
                        Vault.inMemory(time),
                        "shop",
                        learnt -> {}));
    }

    private ApiResponse answer(ApiRequest login) {
        String body = new String(login.body(), StandardCharsets.UTF_8);
        logins.add(body);
        if (body.contains(accepted)) {
            return new ApiResponse(200, Headers.of(Map.of()), "{\"token\":\"t\"}".getBytes(StandardCharsets.UTF_8), "");
        }
        if (refusal >= 500) {
            throw new UpstreamError("the server fails", 503, Duration.ZERO);
        }
        return new ApiResponse(refusal, Headers.of(Map.of()), new byte[0], "");
    }

    /** What {@code count} requests come to that ask at once: none for those that may go out. */
    private List<Throwable> ask(Authenticator auth, int count) {
        List<Throwable> failures = new ArrayList<>();
        AtomicInteger ended = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            auth.ready().doFinally(end -> ended.incrementAndGet()).subscribe(none -> {}, failures::add);
        }
        time.advanceTimeBy(Duration.ofMillis(300)); // two logins at most
        assertThat(ended).hasValue(count);
        return failures;
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 429, 503})
    void allWhoWaitAndAllWhoComeLaterShareOneFailedLogin(int status) {
        refusal = status;
        List<Throwable> first = ask(session, 6);
        assertThat(first).hasSize(6);
        for (int i = 0; i < 6; i++) {
            assertThat(ask(session, 1)).as("within half of 5 s").hasSize(1);
        }
        assertThat(logins).hasSize(1);
        if (status < 500) {
            assertThat(first)
                    .allSatisfy(why -> assertThat(why)
                            .isInstanceOf(AuthError.class)
                            .hasMessageContaining("refused with " + status)
                            .hasMessageNotContaining("old-secret"));
            assertThat(first).doesNotHaveDuplicates();
        }
    }

    @Test
    void afterAFailureThatMayPassLoginsFollowAfter5SecondsDoublingTo80() {
        refusal = 400;
        ask(session, 1);
        long longest = 5_000;
        for (int failed = 1; failed <= 7; failed++) {
            time.advanceTimeBy(Duration.ofMillis(longest / 2 - 1_300));
            ask(session, 3);
            assertThat(logins).as("half of " + longest + " ms have not passed").hasSize(failed);
            time.advanceTimeBy(Duration.ofMillis(longest));
            ask(session, 3);
            assertThat(logins).as(longest + " ms are over").hasSize(failed + 1);
            longest = Math.min(80_000, longest * 2);
        }
        accepted = "old-secret";
        time.advanceTimeBy(Duration.ofSeconds(81));
        assertThat(ask(session, 3)).isEmpty();
        assertThat(ask(session, 3)).isEmpty();
        assertThat(logins).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aDefiniteRefusalHoldsUntilTheSecretHasChanged(int status) {
        refusal = status;
        Authenticator auth = session(renewed());
        assertThat(ask(auth, 6)).hasSize(6);
        assertThat(reads).as("read again when it was refused").hasValue(1);
        for (int minute = 0; minute < 60; minute++) {
            assertThat(ask(auth, 3)).hasSize(3);
            time.advanceTimeBy(Duration.ofMinutes(1));
        }
        assertThat(logins).hasSize(1);
        assertThat(reads.get()).as("at most once a minute").isBetween(2, 62);

        stored.set("new-secret");
        assertThat(ask(auth, 6)).isEmpty();
        assertThat(logins).hasSize(2);
        assertThat(logins.get(1)).contains("new-secret");
    }

    @Test
    void aPasswordThatWasRotatedIsReadAgainAndTheLoginSentOnceMore() {
        stored.set("new-secret");
        assertThat(ask(session(renewed()), 6)).isEmpty();
        assertThat(reads).hasValue(1);
        assertThat(logins).hasSize(2);
        assertThat(logins.get(0)).contains("old-secret");
        assertThat(logins.get(1)).contains("new-secret");
    }

    @Test
    void aPasswordThatWasRotatedAndIsRefusedAsWellIsTheEnd() {
        stored.set("another-secret");
        assertThat(ask(session(renewed()), 6)).hasSize(6);
        assertThat(reads).hasValue(1);
        assertThat(logins).hasSize(2);
    }

    @Test
    void aSessionThatIsRefusedIsNoReasonToLogInDuringASetback() {
        accepted = "old-secret";
        assertThat(ask(session, 1)).isEmpty();
        ApiRequest used = session.authorise(
                        ApiRequest.of(io.penstock.message.Method.GET, URI.create("https://api.example.com/a")))
                .block(Duration.ofSeconds(5));
        accepted = "new-secret";
        refusal = 400;
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            session.refused(used, new Head(401, Headers.of(Map.of()), ""))
                    .subscribe(another -> assertThat(another).isFalse(), failures::add);
            time.advanceTimeBy(Duration.ofMillis(200));
        }
        assertThat(failures).hasSize(1);
        assertThat(logins).hasSize(2);
    }
}
