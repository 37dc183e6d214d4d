package io.penstock.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.http.Timeouts.Wait;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long START = -7 * SECOND; // a monotonic clock may begin anywhere

    private final Watch watch = new Watch(Timeouts.DEFAULT, START);

    private Wait at(double seconds) {
        return watch.due(instant(seconds));
    }

    private static long instant(double seconds) {
        return START + (long) (seconds * SECOND);
    }

    @Test
    void connectingEndsWithTheSumOfItsDeadlines() {
        assertThat(at(64.999)).isNull();
        assertThat(at(65)).isEqualTo(Wait.CONNECT);
    }

    @Test
    void headersAreWaitedForFromTheRequestOn() {
        watch.sent(instant(20));
        assertThat(at(49.999)).isNull();
        assertThat(at(50)).isEqualTo(Wait.RESPONSE_HEADERS);
    }

    @Test
    void eachByteStartsTheIdleClockAnew() {
        watch.sent(instant(0));
        watch.answered(instant(1));
        watch.received(instant(29), 100_000);
        assertThat(at(58.999)).isNull();
        assertThat(at(59)).isEqualTo(Wait.BODY_IDLE);
    }

    @Test
    void aDribbleIsStoppedAfterItsWindow() {
        watch.sent(instant(0));
        watch.answered(instant(0));
        for (double second = 0; second < 60; second += 0.3) {
            watch.received(instant(second), 1);
            assertThat(at(second)).isNull();
        }
        assertThat(at(60)).isEqualTo(Wait.BODY_MIN_RATE);
    }

    @Test
    void justEnoughBytesAreEnough() {
        watch.sent(instant(0));
        watch.answered(instant(0));
        watch.received(instant(59), 60 * 1024);
        assertThat(at(60)).isNull();
        watch.received(instant(80), 30 * 1024);
        watch.received(instant(100), 30 * 1024 - 1);
        assertThat(at(120)).isEqualTo(Wait.BODY_MIN_RATE);
    }

    @Test
    void theWholeTryEndsThoughBytesFlow() {
        watch.sent(instant(0));
        watch.answered(instant(0));
        for (int second = 0; second < 600; second += 10) {
            watch.received(instant(second), 1 << 20);
            assertThat(at(second)).isNull();
        }
        assertThat(at(600)).isEqualTo(Wait.ATTEMPT);
    }

    @Test
    void timeWithoutDemandCountsForNothing() {
        watch.sent(instant(0));
        watch.answered(instant(0));
        watch.received(instant(10), 1 << 20);
        watch.pause(instant(10));
        assertThat(at(100_000)).isNull();
        assertThat(watch.quiet(instant(100_000))).isNegative();
        assertThat(watch.resume(instant(100_000))).isTrue();
        assertThat(watch.resume(instant(100_000))).isFalse();
        assertThat(at(100_029.9)).isNull();
        assertThat(at(100_030)).isEqualTo(Wait.BODY_IDLE);
        for (int second = 0; second < 590; second += 10) {
            watch.received(instant(100_000 + second), 1 << 20);
            assertThat(at(100_000 + second)).isNull();
        }
        assertThat(at(100_590)).isEqualTo(Wait.ATTEMPT);
    }

    @Test
    void nothingIsDueBeforeTheQuietIsOver() {
        assertThat(watch.quiet(START)).isEqualTo(30 * SECOND);
        watch.sent(instant(5));
        assertThat(watch.quiet(instant(20))).isEqualTo(15 * SECOND);
        watch.answered(instant(21));
        assertThat(watch.quiet(instant(30))).isEqualTo(21 * SECOND);
        assertThat(watch.quiet(instant(90))).isZero();
    }

    @Test
    void timeoutsRefuseNonsense() {
        Timeouts quick = Timeouts.DEFAULT.with(Wait.ATTEMPT, Duration.ofMillis(1));
        assertThat(quick.of(Wait.ATTEMPT)).isEqualTo(Duration.ofMillis(1));
        assertThat(quick.of(Wait.CONNECT)).isEqualTo(Duration.ofSeconds(10));
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> Timeouts.DEFAULT.with(Wait.ATTEMPT, Duration.ZERO))
                .withMessageContaining("ATTEMPT must be between 1ms and 7d");
    }
}
