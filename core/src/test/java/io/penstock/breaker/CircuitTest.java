package io.penstock.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.breaker.CircuitBreaker.State;
import io.penstock.error.BadConfig.ConfigError;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Takes well under a second. */
class CircuitTest {

    private static final BreakerPolicy POLICY = BreakerPolicy.DEFAULT;
    private static final long S = Duration.ofSeconds(1).toNanos();
    private static final double NOMINAL = 0.5;

    private Circuit circuit = Circuit.closed(POLICY, 0);

    private void fail(int times, long now) {
        for (int i = 0; i < times; i++) {
            circuit = circuit.fail(circuit.period(), 0, now, POLICY, NOMINAL);
        }
    }

    private void succeed(int times, boolean late, long now) {
        for (int i = 0; i < times; i++) {
            circuit = circuit.succeed(circuit.period(), late, now, POLICY, NOMINAL);
        }
    }

    @Test
    void isNotJudgedBeforeTenResults() {
        fail(9, 0);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        fail(1, 0);
        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void opensAtHalfOfTheLastTwenty() {
        succeed(20, false, 0);
        fail(9, 0);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        fail(1, 0);
        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void whatLeftTheWindowDoesNotCount() {
        fail(4, 0);
        succeed(20, false, 0);
        fail(9, 0);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
    }

    @Test
    void opensAtFourFifthsSlow() {
        succeed(4, false, 0);
        succeed(15, true, 0);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        succeed(1, true, 0);
        assertThat(circuit.state()).isEqualTo(State.OPEN);
    }

    @Test
    void isOpenForItsTimeAndNotLonger() {
        fail(10, 0);
        assertThat(circuit.admits(15 * S - 1)).isFalse();
        assertThat(circuit.admits(15 * S)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 15", "1, 30", "2, 60", "3, 60", "50, 60"})
    void staysOpenTwiceAsLongEachTimeUpToAMinute(int former, long seconds) {
        assertThat(POLICY.openFor(former, NOMINAL)).isEqualTo(seconds * S);
        assertThat(POLICY.openFor(former, 0)).isEqualTo(seconds * S * 8 / 10);
        assertThat(POLICY.openFor(former, 1)).isEqualTo(seconds * S * 12 / 10);
    }

    @Test
    void letsOneProbeThroughAtATime() {
        fail(10, 0);
        circuit = circuit.admit(15 * S);
        assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
        assertThat(circuit.admits(16 * S)).isFalse();
        circuit = circuit.forgetProbe(circuit.period());
        assertThat(circuit.admits(16 * S)).isTrue();
    }

    @Test
    void closesAfterThreeGoodProbesWithAnEmptyWindow() {
        fail(10, 0);
        circuit = circuit.admit(15 * S);
        succeed(1, false, 15 * S);
        assertThat(circuit.admits(15 * S)).isTrue();
        circuit = circuit.admit(15 * S);
        succeed(1, false, 15 * S);
        assertThat(circuit.state()).isEqualTo(State.HALF_OPEN);
        circuit = circuit.admit(15 * S);
        succeed(1, false, 15 * S);
        assertThat(circuit.state()).isEqualTo(State.CLOSED);
        assertThat(circuit.tally()).isEqualTo(Circuit.Tally.EMPTY);
    }

    @Test
    void aFailedProbeOpensItForTwiceTheTime() {
        fail(10, 0);
        circuit = circuit.admit(15 * S);
        fail(1, 16 * S);
        assertThat(circuit.state()).isEqualTo(State.OPEN);
        assertThat(circuit.until()).isEqualTo(46 * S);
    }

    /** Opens it twice, closes it at 60 s, and opens it once more at {@code at}. */
    private void openAgainAt(long at) {
        fail(10, 0);
        circuit = circuit.admit(15 * S);
        fail(1, 15 * S);
        for (int i = 0; i < 3; i++) {
            circuit = circuit.admit(60 * S);
            succeed(1, false, 60 * S);
        }
        fail(10, at);
    }

    @Test
    void countsOnWithinFiveMinutesOfHealth() {
        openAgainAt(60 * S + 300 * S - 1);
        assertThat(circuit.until() - (360 * S - 1)).isEqualTo(60 * S);
    }

    @Test
    void countsAnewAfterFiveMinutesOfHealth() {
        openAgainAt(60 * S + 300 * S);
        assertThat(circuit.until() - 360 * S).isEqualTo(15 * S);
    }

    @Test
    void aResultOfAFormerPeriodIsDropped() {
        long before = circuit.period();
        fail(10, 0);
        circuit = circuit.admit(15 * S);
        Circuit probing = circuit;
        assertThat(probing.fail(before, 0, 15 * S, POLICY, NOMINAL)).isSameAs(probing);
        assertThat(probing.succeed(before, false, 15 * S, POLICY, NOMINAL)).isSameAs(probing);
        assertThat(probing.forgetProbe(before)).isSameAs(probing);
    }

    @Test
    void staysOpenAsLongAsTheServerAsks() {
        for (int i = 0; i < 10; i++) {
            circuit = circuit.fail(circuit.period(), 100 * S, 0, POLICY, NOMINAL);
        }
        assertThat(circuit.until()).isEqualTo(100 * S);
    }

    @Test
    void aDisabledCircuitCountsNothing() {
        circuit = Circuit.closed(BreakerPolicy.DISABLED, 0);
        fail(100, 0);
        assertThat(circuit.admits(0)).isTrue();
        assertThat(circuit.tally().results()).isZero();
    }

    @Test
    void namesEverySettingThatIsOutOfRange() {
        assertThatThrownBy(() -> BreakerPolicy.builder()
                        .window(61)
                        .failurePercent(0)
                        .cap(Duration.ofSeconds(1))
                        .build())
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("window")
                .hasMessageContaining("failurePercent")
                .hasMessageContaining("cap");
    }
}
