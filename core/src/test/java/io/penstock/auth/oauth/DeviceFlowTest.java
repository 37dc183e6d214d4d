package io.penstock.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.auth.AuthMeans;
import io.penstock.auth.Authenticator;
import io.penstock.auth.Login.DeviceVisit;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.BadAnswer.OutcomeUnknown;
import io.penstock.error.BadAnswer.ProtocolError;
import io.penstock.error.PenstockException;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.Headers;
import io.penstock.message.Method;
import io.penstock.store.Vault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** RFC 8628, answer by answer, in virtual time. */
class DeviceFlowTest {

    private static final String GRANTED =
            "{\"access_token\":\"good\",\"token_type\":\"bearer\",\"expires_in\":3600,\"refresh_token\":\"r\"}";
    private static final String DEVICE =
            "{\"device_code\":\"d\",\"user_code\":\"WDJB-MJHT\",\"verification_uri\":\"https://login.example.com/go\",\"expires_in\":60}";

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final Deque<Mono<ApiResponse>> answers = new ArrayDeque<>();
    private final List<Long> asked = new ArrayList<>();
    private final List<String> forms = new ArrayList<>();
    private String device = DEVICE;

    @AfterEach
    void end() {
        time.dispose();
    }

    private static Mono<ApiResponse> answer(int status, String json) {
        return Mono.just(new ApiResponse(status, Headers.NONE, json.getBytes(StandardCharsets.UTF_8), "id"));
    }

    private static Mono<ApiResponse> refused(String code) {
        return answer(400, "{\"error\":\"" + code + "\"}");
    }

    private Mono<ApiResponse> send(ApiRequest request, Runnable going) {
        going.run();
        if (request.url().getPath().equals("/device")) {
            return answer(200, device);
        }
        asked.add(time.now(TimeUnit.SECONDS));
        forms.add(new String(request.body(), StandardCharsets.UTF_8));
        return answers.isEmpty() ? refused("authorization_pending") : answers.remove();
    }

    private Authenticator opened() {
        return OAuth.with(Grant.DEVICE)
                .tokenUrl(URI.create("https://login.example.com/token"))
                .deviceUrl(URI.create("https://login.example.com/device"))
                .client("tv")
                .build()
                .open(new AuthMeans(
                        this::send,
                        new AuthMeans.Time(time, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), new SplittableRandom(1)),
                        Vault.inMemory(Schedulers.parallel()),
                        "owner",
                        secret -> {}));
    }

    private DeviceVisit visit(Authenticator auth) {
        return auth.login()
                .orElseThrow()
                .device()
                .blockOptional(Duration.ofSeconds(5))
                .orElseThrow();
    }

    /** How a visit ended, once {@code length} is over: null for well, or not yet. */
    private AtomicReference<Throwable> after(Duration length) {
        AtomicReference<Throwable> end = new AtomicReference<>();
        visit(opened()).finish().subscribe(nothing -> {}, end::set, () -> end.set(new Done()));
        time.advanceTimeBy(length);
        return end;
    }

    private static final class Done extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void asksEveryFiveSecondsUntilAccessIsGranted() {
        answers.add(refused("authorization_pending"));
        answers.add(refused("authorization_pending"));
        answers.add(answer(200, GRANTED));

        assertThat(after(Duration.ofSeconds(15)).get()).isInstanceOf(Done.class);
        assertThat(asked).containsExactly(5L, 10L, 15L);
        assertThat(forms)
                .allSatisfy(form -> assertThat(form)
                        .contains(
                                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code",
                                "device_code=d", "client_id=tv"));
    }

    @Test
    void theServersIntervalCountsAndSlowDownAddsFiveSecondsForGood() {
        device = DEVICE.replace("60}", "60,\"interval\":2}");
        answers.add(refused("slow_down"));
        answers.add(refused("authorization_pending"));
        answers.add(refused("slow_down"));
        answers.add(answer(200, GRANTED));

        assertThat(after(Duration.ofSeconds(60)).get()).isInstanceOf(Done.class);
        assertThat(asked).containsExactly(2L, 9L, 16L, 28L);
    }

    @Test
    void anAnswerThatIsLostDoublesTheInterval() {
        answers.add(Mono.error(new OutcomeUnknown("reset")));
        answers.add(Mono.error(new OutcomeUnknown("reset"))); // it is sent once more at once
        answers.add(answer(200, GRANTED));

        assertThat(after(Duration.ofSeconds(15)).get()).isInstanceOf(Done.class);
        assertThat(asked).containsExactly(5L, 5L, 15L);
    }

    @ParameterizedTest
    @CsvSource({"access_denied,log in again and allow it", "expired_token,begin again", "invalid_grant,log in again"})
    void aRefusalEndsItAndSaysWhatToDo(String code, String advice) {
        answers.add(refused(code));

        assertThat(after(Duration.ofSeconds(5)).get())
                .isInstanceOf(AuthError.class)
                .hasMessageContaining(code)
                .hasMessageContaining(advice);
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(asked).hasSize(1);
    }

    @Test
    void afterTheCodesLifeNobodyIsAsked() {
        assertThat(after(Duration.ofSeconds(60)).get())
                .isInstanceOf(AuthError.class)
                .hasMessageContaining("nobody granted access in time");
        assertThat(asked).hasSize(12).last().isEqualTo(60L);
    }

    @Test
    void cancellingStopsAsking() {
        visit(opened()).finish().subscribe().dispose();
        time.advanceTimeBy(Duration.ofMinutes(1));

        assertThat(asked).isEmpty();
    }

    @Test
    void whatIsGrantedIsUsedFromThenOn() {
        answers.add(answer(200, GRANTED));
        Authenticator auth = opened();
        visit(auth).finish().subscribe();
        time.advanceTimeBy(Duration.ofSeconds(5));

        AtomicReference<ApiRequest> sent = new AtomicReference<>();
        auth.authorise(ApiRequest.of(Method.GET, URI.create("https://api.example.com/a")))
                .subscribe(sent::set);
        time.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(sent.get().headers().first("Authorization")).contains("Bearer good");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"user_code\":\"A\",\"verification_uri\":\"https://l.example.com\",\"expires_in\":60}|device_code",
                "{\"device_code\":\"d\",\"user_code\":\"A\\u001b[2J\",\"verification_uri\":\"https://l.example.com\",\"expires_in\":60}|user_code",
                "{\"device_code\":\"d\",\"user_code\":\"A\",\"verification_uri\":\"http://l.example.com\",\"expires_in\":60}|verification_uri",
                "{\"device_code\":\"d\",\"user_code\":\"A\",\"verification_uri\":\"https://l.example.com\"}|expires_in",
                "{\"device_code\":\"d\",\"user_code\":\"A\",\"verification_uri\":\"https://l.example.com\",\"expires_in\":60,\"interval\":-1}|interval"
            })
    void anUnfitAnswerOfTheDeviceEndpointIsNamed(String json, String what) {
        device = json;
        AtomicReference<Throwable> end = new AtomicReference<>();
        opened().login().orElseThrow().device().subscribe(good -> {}, end::set);

        assertThat(end.get()).isInstanceOf(ProtocolError.class).hasMessageContaining(what);
        assertThat(((PenstockException) end.get()).exitCode()).isEqualTo(76);
    }
}
