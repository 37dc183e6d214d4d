package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static io.penstock.client.ScriptedTransport.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.auth.Auth;
import io.penstock.auth.Authenticator;
import io.penstock.config.Secret;
import io.penstock.error.AccessDenied.AuthError;
import io.penstock.error.TryLater.Throttled;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import io.penstock.rate.RateLimit;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Which of several credentials a request goes out with. */
class PoolTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

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

    private static Authenticator token(String name) {
        return Auth.bearer(Secret.named("env:" + name, name));
    }

    private ApiClient.Builder pool(Function<String, Publisher<ResponsePart>> script, String... names) {
        transport = new ScriptedTransport(request -> script.apply(bearer(request)));
        Authenticator[] members = List.of(names).stream().map(PoolTest::token).toArray(Authenticator[]::new);
        return ClientResources.of(transport, time, Clock.fixed(NOW, ZoneOffset.UTC), new SplittableRandom(7))
                .client(URI.create("https://api.example.com"))
                .auth(Auth.pool(members));
    }

    private static String bearer(ApiRequest request) {
        return request.headers().first("Authorization").orElse("").replace("Bearer ", "");
    }

    private List<String> used() {
        return transport.sent.stream().map(PoolTest::bearer).toList();
    }

    @Test
    void takesTurnsWhileAllHaveTheSameLeft() {
        ApiClient api = pool(name -> json("{}"), "a", "b", "c").build();
        for (int i = 0; i < 6; i++) {
            api.get("/x").exchange().block(LIMIT);
        }
        assertThat(used()).containsExactly("a", "b", "c", "a", "b", "c");
    }

    @Test
    void eachCredentialHasABudgetOfItsOwn() {
        ApiClient api = pool(name -> json("{}"), "a", "b")
                .limit(RateLimit.of(10, Duration.ofMinutes(1)))
                .concurrency(10)
                .build();
        AtomicInteger done = new AtomicInteger();
        Flux.range(0, 25).flatMap(i -> api.get("/x").exchange(), 25).subscribe(answer -> done.incrementAndGet());
        time.advanceTimeBy(Duration.ofSeconds(59));
        assertThat(done).as("ten of each in the first minute").hasValue(20);
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(done).hasValue(25);
        assertThat(used().stream().collect(Collectors.groupingBy(name -> name, Collectors.counting())))
                .allSatisfy((name, count) -> assertThat(count).isGreaterThanOrEqualTo(10));
    }

    @Test
    void takesTheOneThatTheServerSaysHasMostLeft() {
        Map<String, Integer> left = new ConcurrentHashMap<>(Map.of("a", 200, "b", 900));
        ApiClient api = pool(
                        name -> answer(
                                200,
                                Map.of(
                                        "Content-Type",
                                        "application/json",
                                        "X-RateLimit-Limit",
                                        "1000",
                                        "X-RateLimit-Remaining",
                                        Integer.toString(left.merge(name, -1, Integer::sum)),
                                        "X-RateLimit-Reset",
                                        "3600"),
                                "{}"),
                        "a",
                        "b")
                .build();
        for (int i = 0; i < 20; i++) {
            api.get("/x").exchange().block(LIMIT);
        }
        assertThat(used().stream().filter("b"::equals)).hasSizeGreaterThanOrEqualTo(18);
    }

    @Test
    void aThrottleOnOneMovesTheRequestToAnotherAtOnce() {
        ApiClient api = pool(
                        name -> name.equals("a") ? answer(429, Map.of("Retry-After", "30"), "") : json("{}"), "a", "b")
                .build();
        api.get("/x").exchange().block(LIMIT);
        api.get("/x").exchange().block(LIMIT);
        assertThat(used()).containsExactly("a", "b", "b");
        time.advanceTimeBy(Duration.ofSeconds(31));
        api.get("/x").exchange().block(LIMIT);
        assertThat(used()).as("its wait is over, and it has done least").containsExactly("a", "b", "b", "a", "b");
    }

    @Test
    void whenAllAreThrottledTheSoonestIsWaitedFor() {
        AtomicInteger asked = new AtomicInteger();
        ApiClient api = pool(
                        name -> asked.incrementAndGet() > 2
                                ? json("{}")
                                : answer(429, Map.of("Retry-After", name.equals("a") ? "40" : "20"), ""),
                        "a",
                        "b")
                .build();
        AtomicInteger done = new AtomicInteger();
        api.get("/x").exchange().subscribe(answer -> done.incrementAndGet());
        time.advanceTimeBy(Duration.ofMillis(19_999));
        assertThat(done).hasValue(0);
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(done).hasValue(1);
        assertThat(used()).containsExactly("a", "b", "b");
    }

    @Test
    void aDeadCredentialLeavesThePool() {
        ApiClient api = pool(name -> name.equals("a") ? answer(401, Map.of(), "") : json("{}"), "a", "b")
                .build();
        for (int i = 0; i < 3; i++) {
            api.get("/x").exchange().block(LIMIT);
        }
        assertThat(used()).containsExactly("a", "b", "b", "b");
    }

    @Test
    void aPoolWithoutALivingCredentialSaysSo() {
        ApiClient api = pool(name -> answer(401, Map.of(), ""), "a", "b").build();
        assertThat(api.get("/x").exchange().materialize().block(LIMIT).getThrowable())
                .isInstanceOf(AuthError.class);
        assertThat(api.get("/x").exchange().materialize().block(LIMIT).getThrowable())
                .isInstanceOf(AuthError.class)
                .hasMessageContaining("every credential of the pool");
        assertThat(used()).containsExactly("a", "b");
    }

    @Test
    void missingRightsAreNoReasonToLeave() {
        ApiClient api = pool(name -> answer(403, Map.of(), ""), "a", "b").build();
        assertThat(api.get("/x").exchange().materialize().block(LIMIT).getThrowable())
                .isInstanceOf(AuthError.class);
        assertThat(used()).containsExactly("a");
    }

    @Test
    void aWaitLongerThanAllowedIsSpentOnAnother() {
        ApiClient api = pool(
                        name -> name.equals("a") ? answer(429, Map.of("Retry-After", "7200"), "") : json("{}"),
                        "a",
                        "b")
                .build();
        for (int i = 0; i < 3; i++) {
            api.get("/x").exchange().block(LIMIT);
        }
        assertThat(used()).containsExactly("a", "b", "b", "b");
        ApiClient alone = pool(name -> answer(429, Map.of("Retry-After", "7200"), ""), "a")
                .build();
        assertThat(alone.get("/x").exchange().materialize().block(LIMIT).getThrowable())
                .isInstanceOf(Throttled.class);
    }

    @Test
    void poolsHoldEachCredentialOnceAndNoPools() {
        assertThatThrownBy(Auth::pool).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Auth.pool(token("a"), token("a"))).hasMessageContaining("twice");
        assertThatThrownBy(() -> Auth.pool(Auth.pool(token("a")))).hasMessageContaining("cannot hold a pool");
        assertThatThrownBy(() -> Auth.all(token("b"), Auth.pool(token("a")))).hasMessageContaining("pool of several");
        assertThat(Auth.pool(token("a"), token("b")).identity())
                .contains("env:a")
                .contains("env:b");
    }
}
