package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static io.penstock.client.ScriptedTransport.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.TryLater.NetworkError;
import io.penstock.error.TryLater.NetworkError.Step;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.message.ApiResponse;
import io.penstock.message.ResponsePart;
import io.penstock.observe.Lane;
import io.penstock.observe.RetryCause;
import io.penstock.observe.WaitReason;
import io.penstock.retry.Lease;
import io.penstock.retry.RetryBudget;
import io.penstock.retry.RetryBudget.Cost;
import io.penstock.retry.RetryBudget.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** What is shown of repeats: why they were made, what the budget that pays for them has left, who waits for it. */
class RetryFiguresTest extends ResilienceRig {

    private static final String ORIGIN = "https://api.example.com";

    private static Publisher<ResponsePart> failing(RetryCause cause) {
        return switch (cause) {
            case NETWORK -> Flux.error(new NetworkError(Step.RESET, "planted", null));
            case TRUNCATED -> Flux.error(new TruncatedResponse("planted"));
            case THROTTLE -> answer(429, Map.of(), "");
            case SERVER -> answer(503, Map.of(), "");
            case CONTENT -> Flux.error(new io.penstock.error.BadAnswer.ProtocolError("planted"));
        };
    }

    @ParameterizedTest
    @EnumSource
    void aRepeatIsCountedUnderItsCause(RetryCause cause) {
        int[] count = new int[1];
        ApiClient api =
                client(request -> count[0]++ == 0 ? failing(cause) : json("{}")).build();
        Lane lane = Lane.begin(time);
        call(api.get("/a").exchange().contextWrite(lane::into));
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(outcome).hasSize(1).first().isInstanceOf(ApiResponse.class);
        for (RetryCause each : RetryCause.values()) {
            assertThat(lane.retries(each)).as(each.label()).isEqualTo(each == cause ? 1 : 0);
        }
        assertThat(lane.retries()).isEqualTo(1);
    }

    @Test
    void theLevelOfTheBudgetIsShownUnderTheOriginAndNothingElse() {
        ApiClient api = client(request -> answer(503, Map.of(), "")).build();
        call(api.get("/a").exchange());
        time.advanceTimeBy(Duration.ofMillis(300)); // one repeat: the first ceiling is 0.2 s
        Map<String, Usage> usages = resources.shared().repeats().usages();
        assertThat(usages).containsOnlyKeys(ORIGIN);
        int spent = 500 - usages.get(ORIGIN).tokens();
        assertThat(spent).isEqualTo(14 * (transport.sent.size() - 1)).isPositive();
    }

    @Test
    void aBudgetThatNobodyHasNamedIsNotShown() {
        client(request -> json("{}")).build();
        resources.shared().repeats().budget("key with an identity");
        assertThat(resources.shared().repeats().usages()).containsOnlyKeys(ORIGIN);
    }

    @Test
    void twoBudgetsOfOneNameAreShownAsTheShorterOne() {
        client(request -> json("{}")).build();
        RetryBudget other = resources.shared().repeats().budget("another credential", ORIGIN);
        assertThat(other.takeNow(Cost.TRANSIENT)).isPresent();
        assertThat(resources.shared().repeats().usages()).isEqualTo(Map.of(ORIGIN, new Usage(486, 0, 1)));
    }

    @Test
    void theWaitForTokensIsShownAsOne() {
        int[] count = new int[1];
        ApiClient api = client(request -> count[0]++ == 0 ? failing(RetryCause.SERVER) : json("{}"))
                .build();
        RetryBudget budget = resources.shared().repeats().budget(ORIGIN + " none");
        List<Lease> taken = new ArrayList<>();
        for (Optional<Lease> one = budget.takeNow(Cost.TRANSIENT);
                one.isPresent();
                one = budget.takeNow(Cost.TRANSIENT)) {
            taken.add(one.get());
        }
        assertThat(taken).hasSize(35);
        Lane lane = Lane.begin(time);
        call(api.get("/a").exchange().contextWrite(lane::into));
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(lane.waits().now()).isEqualTo(WaitReason.BUDGET);
        assertThat(resources.shared().repeats().usages().get(ORIGIN).waiting()).isEqualTo(1);
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(outcome).hasSize(1).first().isInstanceOf(ApiResponse.class);
        assertThat(lane.waits().sums().get(WaitReason.BUDGET)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(lane.waits().sums().get(WaitReason.BACKOFF)).isLessThanOrEqualTo(Duration.ofMillis(200));
    }
}
