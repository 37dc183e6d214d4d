package io.penstock.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExactWindowTest {

    @Test
    void lettingTheWholeLimitGoAtOnceMakesTheNextWaitOnePeriod() {
        ExactWindow window = new ExactWindow(3, 100);
        for (int i = 0; i < 3; i++) {
            assertThat(window.nextAt(5, 1)).isEqualTo(5);
            window.grant(5, 1);
        }
        assertThat(window.nextAt(5, 1)).isEqualTo(105);
        assertThat(window.nextAt(104, 1)).isEqualTo(105);
        assertThat(window.nextAt(105, 1)).isEqualTo(105);
        assertThat(window.nextAt(106, 1)).isEqualTo(106);
    }

    @Test
    void askingReservesNothing() {
        ExactWindow window = new ExactWindow(1, 100);
        assertThat(window.nextAt(0, 1)).isZero();
        assertThat(window.nextAt(0, 1)).isZero();
    }

    @Test
    void aHeavyCostWaitsForAsManyOldGrantsToLeave() {
        ExactWindow window = new ExactWindow(3, 100);
        window.grant(10, 1);
        window.grant(20, 1);
        window.grant(30, 1);
        assertThat(window.nextAt(30, 1)).isEqualTo(110);
        assertThat(window.nextAt(30, 2)).isEqualTo(120);
        assertThat(window.nextAt(30, 3)).isEqualTo(130);
    }

    @Test
    void aGrantTakenBackLeavesNoTrace() {
        ExactWindow window = new ExactWindow(3, 100);
        window.grant(10, 2);
        window.grant(20, 1);
        window.grant(110, 2);
        window.revoke();
        assertThat(window.nextAt(110, 2)).isEqualTo(110);
        assertThat(window.nextAt(110, 3)).isEqualTo(120);
        window.revoke();
        assertThat(window.nextAt(110, 3)).isEqualTo(120);
    }

    @Test
    void whatWasSpentBeforeCountsAsSpentNow() {
        ExactWindow window = new ExactWindow(3, 100);
        window.assume(50, 2);
        assertThat(window.nextAt(50, 1)).isEqualTo(50);
        assertThat(window.nextAt(50, 2)).isEqualTo(150);
        window.assume(60, 1_000_000_000_000L);
        assertThat(window.nextAt(60, 1)).isEqualTo(160);
    }

    @Test
    void theGuardIsATwentiethOfTheWindowFrom20To250Milliseconds() {
        assertThat(guard(Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(20));
        assertThat(guard(Duration.ofMillis(400))).isEqualTo(Duration.ofMillis(20));
        assertThat(guard(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(50));
        assertThat(guard(Duration.ofSeconds(5))).isEqualTo(Duration.ofMillis(250));
        assertThat(guard(Duration.ofHours(1))).isEqualTo(Duration.ofMillis(250));
    }

    private static Duration guard(Duration window) {
        return Duration.ofNanos(Meter.guard(window.toNanos()));
    }

    @Test
    void theLimitDecidesHowItIsKept() {
        assertThat(Meter.of(RateLimit.of(10_000, Duration.ofHours(1)))).isInstanceOf(ExactWindow.class);
        assertThat(Meter.of(RateLimit.of(10_001, Duration.ofHours(1)))).isInstanceOf(Spacing.class);
        assertThat(Meter.of(RateLimit.of(10_001, Duration.ofHours(1))).most()).isEqualTo(500);
        assertThat(Meter.of(RateLimit.of(10, Duration.ofHours(1)).burst(3)).most())
                .isEqualTo(3);
    }
}
