package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static io.penstock.client.ScriptedTransport.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadAnswer.RequestRejected;
import io.penstock.message.ApiResponse;
import io.penstock.message.ResponsePart;
import io.penstock.page.Paging;
import io.penstock.retry.AnswerRule;
import io.penstock.retry.VendorRules;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

/** What an API's answers mean, by rules. Takes less than a second. */
class AnswerRulesTest extends ResilienceRig {

    private static Publisher<ResponsePart> stripe(int status, String again) {
        return answer(status, Map.of("Stripe-Should-Retry", again), "{}");
    }

    @Test
    void aHeaderThatSaysToTryAgainWinsOverTheStatus() {
        AtomicInteger count = new AtomicInteger();
        ApiClient api = client(request -> count.incrementAndGet() == 1 ? stripe(409, "true") : json("{}"))
                .rules(VendorRules.STRIPE)
                .build();
        call(api.get("/charges").exchange());
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(outcome).hasSize(1).first().isInstanceOf(ApiResponse.class);
        assertThat(transport.sent).hasSize(2);
    }

    @Test
    void aHeaderThatSaysNotToTryAgainWinsOverTheStatus() {
        ApiClient api = client(request -> stripe(500, "false"))
                .rules(VendorRules.STRIPE)
                .build();
        call(api.get("/charges").exchange());
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(failed()).isInstanceOf(RequestRejected.class);
        assertThat(transport.sent).hasSize(1);
    }

    @Test
    void aForbiddenThatMeansThrottledHoldsUpEverybody() {
        AtomicInteger count = new AtomicInteger();
        ApiClient api = client(request ->
                        count.incrementAndGet() == 1 ? answer(403, Map.of("Retry-After", "30"), "{}") : json("{}"))
                .rules(VendorRules.GITHUB)
                .build();
        call(api.get("/a").exchange());
        call(api.get("/b").exchange());
        time.advanceTimeBy(Duration.ofMillis(29_999));
        assertThat(transport.sent).hasSize(1);
        time.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(outcome).hasSize(2).allMatch(ApiResponse.class::isInstance);
    }

    @Test
    void aForbiddenThatSaysWhenToComeAgainIsAThrottleWithoutAnyRule() {
        AtomicInteger count = new AtomicInteger();
        ApiClient api = client(request ->
                        count.incrementAndGet() == 1 ? answer(403, Map.of("Retry-After", "30"), "{}") : json("{}"))
                .build();
        call(api.get("/a").exchange());
        time.advanceTimeBy(Duration.ofMillis(29_999));
        assertThat(transport.sent).hasSize(1);
        time.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(outcome).hasSize(1).allMatch(ApiResponse.class::isInstance);
    }

    @Test
    void aThrottleWithoutAnyHintWaitsAsLongAsItsRuleSays() {
        AtomicInteger count = new AtomicInteger();
        ApiClient api = client(request -> count.incrementAndGet() == 1 ? answer(429, Map.of(), "") : json("{}"))
                .rules(VendorRules.GITHUB)
                .build();
        call(api.get("/a").exchange());
        time.advanceTimeBy(Duration.ofMillis(59_999));
        assertThat(transport.sent).hasSize(1);
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(transport.sent).hasSize(2);
    }

    @Test
    void anErrorInsideAGoodStatusIsClassifiedLikeAStatus() {
        AtomicInteger count = new AtomicInteger();
        ApiClient api = client(request -> json(
                        count.incrementAndGet() == 1
                                ? "{\"ok\":false,\"error\":\"ratelimited\"}"
                                : "{\"ok\":false,\"error\":\"not_in_channel\"}"))
                .rules(VendorRules.SLACK)
                .build();
        call(api.get("/a").exchange());
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(failed()).isInstanceOf(RequestRejected.class).hasMessageContaining("200");
        assertThat(transport.sent).hasSize(2);
    }

    @Test
    void aPageWithoutRecordsThatSaysThrottledIsAskedAgain() {
        AtomicInteger count = new AtomicInteger();
        ApiClient api = client(request -> json(
                        count.incrementAndGet() == 1
                                ? "{\"ok\":false,\"error\":\"ratelimited\"}"
                                : "{\"ok\":true,\"items\":[{\"id\":1}]}"))
                .rules(VendorRules.SLACK)
                .build();
        api.get("/a").pages(Paging.none()).batches("/items").subscribe(outcome::add, outcome::add);
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(outcome).hasSize(1).first().isInstanceOf(PageBatch.class);
    }

    @Test
    void refusedCredentialsNeverBecomePlainRepeats() {
        assertThatThrownBy(() -> AnswerRule.status(401, 403).retry())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("throttle");
        ApiClient api = client(request -> answer(401, Map.of("Try", "again"), ""))
                .rules(List.of(AnswerRule.anyStatus().header("Try", "again").retry()))
                .build();
        call(api.get("/a").exchange());
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(transport.sent).hasSize(1);
    }
}
