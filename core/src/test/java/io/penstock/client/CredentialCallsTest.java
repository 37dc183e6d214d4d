package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static io.penstock.client.ScriptedTransport.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.auth.oauth.Grant;
import io.penstock.auth.oauth.OAuth;
import io.penstock.cache.CachePolicy;
import io.penstock.config.Secret;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Row U1 through the whole client, in virtual time: token calls go the way of all requests, and never behind them. */
class CredentialCallsTest {

    private final List<ApiRequest> tokenCalls = new ArrayList<>();
    private final List<Integer> answers = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final List<Integer> tokenStatuses = new ArrayList<>();
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

    private ApiClient client() {
        transport = new ScriptedTransport(this::script);
        return ClientResources.of(transport, time, Clock.systemUTC(), RandomGenerator.of("L64X128MixRandom"))
                .client(URI.create("https://api.example.com"))
                .auth(OAuth.with(Grant.CLIENT_CREDENTIALS)
                        .tokenUrl(URI.create("https://api.example.com/token"))
                        .client("id", Secret.of("secret"))
                        .build())
                .concurrency(1)
                .cache(CachePolicy.ttl(Duration.ofDays(1)))
                .build();
    }

    private Publisher<ResponsePart> script(ApiRequest request) {
        if (!request.url().getPath().equals("/token")) {
            return Mono.delay(Duration.ofMillis(1), time)
                    .thenMany(answer(200, Map.of("Cache-Control", "no-store"), "{}"));
        }
        tokenCalls.add(request);
        int status = tokenStatuses.isEmpty() ? 200 : tokenStatuses.remove(0);
        String token =
                "{\"access_token\":\"t" + tokenCalls.size() + "\",\"token_type\":\"bearer\",\"expires_in\":3600}";
        return Mono.delay(Duration.ofMillis(100), time)
                .thenMany(status == 200 ? json(token) : answer(status, Map.of(), "{}"));
    }

    private void send(ApiClient api, int count) {
        for (int i = 0; i < count; i++) {
            api.get("/a")
                    .query("i", Integer.toString(i))
                    .exchange()
                    .subscribe(done -> answers.add(done.status()), failures::add);
        }
    }

    @Test
    void fiveHundredCallersAtExpiryMakeOneTokenCallThoughOneSlotIsAllTheyHave() {
        ApiClient api = client();
        send(api, 1);
        time.advanceTimeBy(Duration.ofSeconds(1));
        time.advanceTimeBy(Duration.ofHours(1));

        send(api, 500);
        time.advanceTimeBy(Duration.ofMillis(99));
        assertThat(answers).hasSize(1);
        time.advanceTimeBy(Duration.ofMinutes(1));

        assertThat(failures).isEmpty();
        assertThat(answers).hasSize(501);
        assertThat(tokenCalls).hasSize(2);
        assertThat(transport.sent).hasSize(503);
        assertThat(new String(tokenCalls.get(0).body(), StandardCharsets.UTF_8))
                .isEqualTo("grant_type=client_credentials");
    }

    @Test
    void aTokenCallIsRepeatedByTheSameRulesAsAnyRequest() {
        tokenStatuses.addAll(List.of(503, 429, 500));
        send(client(), 5);

        time.advanceTimeBy(Duration.ofMinutes(5));

        assertThat(failures).isEmpty();
        assertThat(answers).hasSize(5);
        assertThat(tokenCalls).hasSize(4);
    }

    @Test
    void aTokenIsNeverTakenFromACache() {
        ApiClient api = client();
        for (int hour = 0; hour < 3; hour++) {
            send(api, 1);
            time.advanceTimeBy(Duration.ofHours(1));
        }

        assertThat(tokenCalls).hasSize(3);
    }

    @Test
    void cancellingAllWhoWaitBeforeTheTokenCallGoesOutLeavesNothingBehind() {
        ApiClient api = client();
        api.get("/a").exchange().subscribe().dispose();
        send(api, 1);
        time.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(answers).containsExactly(200);
        assertThat(transport.underWay).hasValue(0);
    }
}
