package io.penstock.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;

class WaitsTest {

    private final VirtualTimeScheduler timer = VirtualTimeScheduler.create();

    private void passes(long millis) {
        timer.advanceTimeBy(Duration.ofMillis(millis));
    }

    @Test
    void theSumsAreTheWallTimeOfTheLane() {
        Waits waits = Waits.begin(timer, WaitReason.LIMIT);
        passes(5);
        waits.on(WaitReason.SERVER);
        passes(7);
        waits.on(WaitReason.DECODE);
        waits.on(WaitReason.LIMIT);
        passes(1);
        assertThat(waits.now()).isEqualTo(WaitReason.LIMIT);
        assertThat(waits.sums())
                .isEqualTo(Map.of(WaitReason.LIMIT, Duration.ofMillis(6), WaitReason.SERVER, Duration.ofMillis(7)));
        assertThat(waits.total()).isEqualTo(Duration.ofMillis(13));
    }

    @Test
    void lookingDoesNotCountTwice() {
        Waits waits = Waits.begin(timer, WaitReason.SINK);
        passes(3);
        waits.sums();
        waits.total();
        passes(3);
        assertThat(waits.total()).isEqualTo(Duration.ofMillis(6));
    }

    @Test
    void nothingCountsAfterTheEnd() {
        Waits waits = Waits.begin(timer, WaitReason.SINK);
        passes(3);
        waits.end();
        passes(10);
        waits.on(WaitReason.LIMIT);
        passes(10);
        waits.end();
        assertThat(waits.total()).isEqualTo(Duration.ofMillis(3));
        assertThat(waits.sums()).containsOnlyKeys(WaitReason.SINK);
    }

    @Test
    void reasonsAreShownInLowerCase() {
        assertThat(WaitReason.RETRY_AFTER.label()).isEqualTo("retry-after");
        assertThat(WaitReason.SINK.label()).isEqualTo("sink");
    }

    @Test
    void aLaneTravelsInTheContext() {
        Lane lane = Lane.begin(timer);
        Mono.deferContextual(context ->
                        Mono.fromRunnable(() -> Lane.in(context).orElseThrow().sent()))
                .contextWrite(lane::into)
                .block(Duration.ofSeconds(5));
        lane.repeated(RetryCause.SERVER);
        lane.received(10);
        lane.received(5);
        assertThat(lane.requests()).isEqualTo(1);
        assertThat(lane.retries()).isEqualTo(1);
        assertThat(lane.bytes()).isEqualTo(15);
        assertThat(lane.waits().now()).isEqualTo(WaitReason.LIMIT);
        assertThat(Lane.in(Context.empty())).isEmpty();
    }
}
