package io.penstock.client;

import static io.penstock.client.ScriptedTransport.answer;
import static io.penstock.client.ScriptedTransport.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cache.CachePolicy;
import io.penstock.error.TryLater.Throttled;
import io.penstock.error.TryLater.UpstreamUnavailable;
import io.penstock.message.ApiRequest;
import io.penstock.message.ApiResponse;
import io.penstock.message.ResponsePart;
import io.penstock.observe.Lane;
import io.penstock.observe.WaitReason;
import io.penstock.retry.RetryPolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;

/** Redirects that say when to follow them (RFC 9110, section 10.2.3). Takes less than a second. */
class DelayedRedirectTest extends ResilienceRig {

    private static Function<ApiRequest, Publisher<ResponsePart>> redirecting(int status, String after) {
        return request -> {
            if (request.url().getPath().endsWith("/done")) {
                return json("{}");
            }
            Map<String, String> headers = new HashMap<>(Map.of("Location", "/v2/done", "Retry-After", after));
            headers.put("Date", "Thu, 01 Jan 2026 00:00:00 GMT");
            return answer(status, headers, "");
        };
    }

    @ParameterizedTest
    @CsvSource({
        "301, 30, 30000",
        "302, 2.5, 2500",
        "303, 30, 30000",
        "307, 'Thu, 01 Jan 2026 00:00:30 GMT', 30000",
        "308, 120, 120000"
    })
    void aRedirectIsNotFollowedBeforeItsTime(int status, String after, long millis) {
        ApiClient api = client(redirecting(status, after)).build();
        call(api.get("/a").exchange());
        time.advanceTimeBy(Duration.ofMillis(millis - 1));
        assertThat(transport.sent).hasSize(1);
        time.advanceTimeBy(Duration.ofMillis(1 + Math.min(5_000, millis / 10)));
        assertThat(outcome).hasSize(1).first().isInstanceOf(ApiResponse.class);
        assertThat(transport.sent).hasSize(2);
        assertNothingIsHeld();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "soon", "Wed, 31 Dec 2025 00:00:00 GMT"})
    void aRedirectThatNamesNoTimeToComeIsFollowedAtOnce(String after) {
        call(client(redirecting(302, after)).build().get("/a").exchange());
        time.advanceTimeBy(Duration.ZERO);
        assertThat(outcome).hasSize(1).first().isInstanceOf(ApiResponse.class);
    }

    @Test
    void aLongerWaitThanIsSatOutEndsAtOnceAndSaysWhenToComeBack() {
        call(client(redirecting(303, "901")).build().get("/a").exchange());
        time.advanceTimeBy(Duration.ZERO);
        assertThat(failed()).isInstanceOf(Throttled.class).hasMessageContaining("2026-01-01T00:15:01Z");
        assertThat(failed().details()).containsEntry("resume_at", "2026-01-01T00:15:01Z");
        assertThat(transport.sent).hasSize(1);
        assertNothingIsHeld();
    }

    @Test
    void theWaitCountsIntoTheTimeOfAllTries() {
        ApiClient api = client(redirecting(303, "30"))
                .retry(RetryPolicy.builder().maxElapsed(Duration.ofSeconds(29)).build())
                .build();
        call(api.get("/a").exchange());
        time.advanceTimeBy(Duration.ZERO);
        assertThat(failed()).isInstanceOf(UpstreamUnavailable.class).hasMessageContaining("30s");
        assertThat(transport.sent).hasSize(1);
    }

    @Test
    void othersNeedNotWaitForARedirectThatIsNotTheirs() {
        ApiClient api = client(redirecting(303, "30")).build();
        call(api.get("/a").exchange());
        call(api.get("/done").exchange());
        time.advanceTimeBy(Duration.ofSeconds(1));
        assertThat(outcome).hasSize(1).first().isInstanceOf(ApiResponse.class);
        assertThat(transport.underWay).hasValue(0);
    }

    @Test
    void whoIsCancelledMeanwhileIsNeverSentOn() {
        ApiClient api = client(redirecting(303, "30")).build();
        Disposable waiting = api.get("/a").exchange().subscribe(outcome::add, outcome::add);
        time.advanceTimeBy(Duration.ofSeconds(29));
        waiting.dispose();
        time.advanceTimeBy(Duration.ofHours(1));
        assertThat(transport.sent).hasSize(1);
        assertThat(outcome).isEmpty();
        assertNothingIsHeld();
    }

    @Test
    void theWaitIsShownAsOneThatTheServerAskedFor() {
        ApiClient api = client(redirecting(303, "30")).build();
        Lane lane = Lane.begin(time);
        call(api.get("/a").exchange().contextWrite(lane::into));
        time.advanceTimeBy(Duration.ofSeconds(29));
        assertThat(lane.waits().now()).isEqualTo(WaitReason.RETRY_AFTER);
        assertThat(lane.waits().sums().get(WaitReason.RETRY_AFTER)).isEqualTo(Duration.ofSeconds(29));
        time.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(lane.retries()).as("a hop is no repeat").isZero();
    }

    @Test
    void aRedirectThatWasKeptAsksForNoTimeAnyMore() {
        ApiClient api = client(redirecting(301, "30"))
                .cache(CachePolicy.ttl(Duration.ofHours(1)))
                .build();
        call(api.get("/a").exchange());
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(outcome).hasSize(1);
        int sent = transport.sent.size();
        call(api.get("/a").exchange());
        time.advanceTimeBy(Duration.ZERO);
        assertThat(outcome).hasSize(2).allMatch(ApiResponse.class::isInstance);
        assertThat(transport.sent).hasSize(sent);
    }
}
