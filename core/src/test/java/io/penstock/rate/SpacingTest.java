package io.penstock.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpacingTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long INTERVAL = Duration.ofMillis(625).toNanos();

    @Test
    void aHundredAMinuteWithABurstOfFiveComeEvery625Milliseconds() {
        Spacing spacing = new Spacing(100, 5, MINUTE);
        WindowCounter counter = new WindowCounter(MINUTE);
        long now = 0;
        for (int i = 1; i <= 1000; i++) {
            now = spacing.nextAt(now, 1);
            assertThat(now).isEqualTo(Math.max(0, i - 5) * INTERVAL);
            spacing.grant(now, 1);
            counter.grant(now, 1);
        }
        assertThat(counter.most()).isEqualTo(100);
    }

    @Test
    void intervalsThatAreNoWholeNumberDoNotDrift() {
        Spacing spacing = new Spacing(3, 1, 100);
        long now = 0;
        for (int i = 0; i < 3_000; i++) {
            now = spacing.nextAt(now, 1);
            spacing.grant(now, 1);
        }
        assertThat(spacing.nextAt(now, 1)).isEqualTo(100_000L);
    }

    @Test
    void aSaturatedInstantIsTheExactOneRoundedUp() {
        Spacing spacing = new Spacing(3, 1, 100);
        long[] expected = {0, 34, 67, 100};
        long now = 0;
        for (long at : expected) {
            now = spacing.nextAt(now, 1);
            assertThat(now).isEqualTo(at);
            spacing.grant(now, 1);
        }
    }

    @Test
    void aHeavyCostTakesAsManyIntervals() {
        Spacing spacing = new Spacing(10, 3, 800);
        assertThat(spacing.nextAt(0, 3)).isZero();
        spacing.grant(0, 3);
        assertThat(spacing.nextAt(0, 1)).isEqualTo(100);
        assertThat(spacing.nextAt(0, 2)).isEqualTo(200);
        assertThat(spacing.nextAt(0, 3)).isEqualTo(300);
    }

    @Test
    void aGrantTakenBackLeavesNoTrace() {
        Spacing spacing = new Spacing(10, 1, 1000);
        spacing.grant(0, 1);
        spacing.grant(100, 1);
        spacing.revoke();
        assertThat(spacing.nextAt(0, 1)).isEqualTo(100);
    }

    @Test
    void whatWasSpentBeforeCountsAsSpentNow() {
        Spacing spacing = new Spacing(10, 2, 900);
        spacing.assume(0, 1_000_000);
        assertThat(spacing.nextAt(0, 1)).isEqualTo(900);
    }

    @Test
    void aLongPauseGivesTheBurstBackAndNoMore() {
        Spacing spacing = new Spacing(10, 2, 900);
        spacing.grant(0, 1);
        assertThat(spacing.nextAt(1_000_000, 2)).isEqualTo(1_000_000);
        spacing.grant(1_000_000, 2);
        assertThat(spacing.nextAt(1_000_000, 1)).isEqualTo(1_000_100);
    }
}
