package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static io.penstock.client.ScriptedTransport.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.message.ApiRequest;
import io.penstock.message.ResponsePart;
import io.penstock.rate.BudgetState;
import io.penstock.rate.RateLimit;
import io.penstock.rate.hint.CostReader;
import io.penstock.rate.hint.RateHeaders;
import io.penstock.rate.hint.ResetFormat;
import io.penstock.rate.quota.QuotaRule;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What a client can be told of its limits, and what it learns. Under 2 s. */
class LimitSettingsTest {

    private VirtualTimeScheduler time;
    private ScriptedTransport transport;
    private ClientResources resources;

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
        resources = ClientResources.of(transport, time, clock, new SplittableRandom(7));
        return resources.client(URI.create("https://api.example.com/v2"));
    }

    private void get(ApiClient api, String path, int times) {
        for (int i = 0; i < times; i++) {
            api.get(path).exchange().subscribe(done -> {}, error -> {});
        }
    }

    private long sent(String path) {
        return transport.sent.stream()
                .filter(request -> request.url().getPath().equals("/v2" + path))
                .count();
    }

    @Test
    void aRuleGivesSomeRequestsAQuotaOfTheirOwn() {
        ApiClient api = client(request -> json("{}"))
                .limit(RateLimit.parse("5/m"))
                .quota(QuotaRule.of("search", "/search/**", 2, RateLimit.parse("2/m")))
                .build();
        get(api, "/search/code", 10);
        get(api, "/items", 10);
        assertThat(sent("/search/code")).isEqualTo(2);
        assertThat(sent("/items")).isEqualTo(5);
        assertThat(resources.shared().budgets().states())
                .extracting(BudgetState::name)
                .containsExactlyInAnyOrder("https://api.example.com", "https://api.example.com search");
    }

    @Test
    void aRefusalClosesTheQuotaItConcernsAndNoOther() {
        ApiClient api = client(request -> request.url().getPath().contains("search")
                        ? answer(429, Map.of("Retry-After", "60"), "")
                        : json("{}"))
                .quota(QuotaRule.of("search", "/search/**", 2))
                .build();
        get(api, "/search/code", 1);
        get(api, "/search/code", 5);
        get(api, "/items", 3);
        assertThat(sent("/search/code")).isEqualTo(1);
        assertThat(sent("/items")).isEqualTo(3);
    }

    @Test
    void aRefusalWithoutAHintClosesTheWholeKey() {
        ApiClient api = client(request -> answer(429, Map.of(), "")).build();
        get(api, "/items", 1);
        get(api, "/others", 5);
        assertThat(sent("/others")).isZero();
        assertThat(resources.shared().budgets().states().get(0).closedFor())
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void aShareLeavesTheRestToOtherProcesses() {
        ApiClient api = client(request -> json("{}"))
                .limit(RateLimit.parse("10/m"))
                .share(0.35)
                .build();
        get(api, "/items", 10);
        assertThat(sent("/items")).isEqualTo(3);
    }

    @Test
    void aShareThatLeavesNothingIsAnError() {
        assertThatThrownBy(() -> client(request -> json("{}"))
                        .limit(RateLimit.parse("10/m"))
                        .share(0.05)
                        .build())
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("share")
                .hasMessageContaining("10/m");
        assertThatThrownBy(() -> client(request -> json("{}"))
                        .limit(RateLimit.parse("10/m"))
                        .share(1.5)
                        .build())
                .isInstanceOf(ConfigError.class);
    }

    @Test
    void anAnswerTellsWhatItsRequestHasCost() {
        ApiClient api = client(request -> json("{\"extensions\":{\"cost\":{\"actualQueryCost\":4}}}"))
                .limit(RateLimit.parse("10/m"))
                .costFrom(CostReader.at("/extensions/cost/actualQueryCost"))
                .build();
        get(api, "/graphql", 10);
        assertThat(sent("/graphql")).isEqualTo(3);
        assertThat(resources.shared().budgets().states().get(0).granted()).isEqualTo(12);
    }

    @Test
    void aSourceNamesItsOwnHeaders() {
        ApiClient api = client(request -> answer(200, Map.of("X-Left", "0", "X-More", "1500"), "{}"))
                .rateHeaders(RateHeaders.fields("X-Left", "X-Quota", "X-More", ResetFormat.MILLISECONDS))
                .build();
        get(api, "/items", 2);
        assertThat(sent("/items")).isEqualTo(1);
        time.advanceTimeBy(Duration.ofMillis(1499));
        assertThat(sent("/items")).isEqualTo(1);
        time.advanceTimeBy(Duration.ofMillis(76));
        assertThat(sent("/items")).isEqualTo(2);
    }

    @Test
    void aLearnedConcurrencyShrinksWhenTheServerFails() {
        ApiClient api = client(request -> answer(503, Map.of(), ""))
                .adaptiveConcurrency(50)
                .build();
        get(api, "/items", 1);
        assertThat(resources.shared().budgets().states().get(0).slots()).isEqualTo(2);
    }

    @Test
    void whatIsCancelledGivesItsSlotBackAndTeachesNothing() {
        ApiClient api = client(request -> Flux.never()).adaptiveConcurrency(50).build();
        Disposable asked = api.get("/items").exchange().subscribe();
        assertThat(resources.shared().budgets().states().get(0).inFlight()).isEqualTo(1);
        asked.dispose();
        assertThat(resources.shared().budgets().states().get(0).inFlight()).isZero();
        assertThat(resources.shared().budgets().states().get(0).slots()).isEqualTo(4);
    }
}
