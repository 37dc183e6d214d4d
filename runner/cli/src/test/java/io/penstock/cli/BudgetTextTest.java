package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cli.view.BudgetText;
import io.penstock.rate.BudgetState;
import io.penstock.rate.RateLimit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetTextTest {

    private final BudgetText text =
            new BudgetText(Clock.fixed(Instant.parse("2026-01-01T14:00:00Z"), ZoneOffset.UTC), ZoneOffset.UTC);

    private static BudgetState state(long used, Duration limited) {
        return new BudgetState(
                "https://api.example.com",
                List.of(new BudgetState.Use(RateLimit.parse("100/s"), used)),
                12,
                3,
                8,
                1_234,
                Duration.ZERO,
                limited);
    }

    @Test
    void saysHowMuchIsUsedAndUntilWhenItIsClosed() {
        assertThat(text.line(state(63, Duration.ofSeconds(310))))
                .isEqualTo(
                        "https://api.example.com: 63 of 100/s used, 3 of 8 under way, 12 wait, limited until 14:05:10");
        assertThat(text.summary(state(100, Duration.ofMillis(1_000))))
                .isEqualTo(
                        "https://api.example.com: 1,234 spent, 100 of 100/s (100 %) used at the end, limited until 14:00:01");
    }

    @Test
    void aMomentIsNotWorthATime() {
        assertThat(text.line(state(63, Duration.ofMillis(999)))).doesNotContain("until");
    }

    @Test
    void aBudgetThatLimitsNothingIsNotShown() {
        BudgetState free = new BudgetState("x", List.of(), 0, 1, 4, 9, Duration.ZERO, Duration.ZERO);
        BudgetState closed = new BudgetState("y", List.of(), 0, 1, 4, 9, Duration.ofMinutes(1), Duration.ofMinutes(1));
        assertThat(text.live(List.of(free, closed))).containsExactly("y: 1 of 4 under way, limited until 14:01:00");
    }
}
