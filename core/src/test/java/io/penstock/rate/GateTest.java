package io.penstock.rate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GateTest {

    private final Gate gate = new Gate();

    @Test
    void isOpenAtFirst() {
        assertThat(gate.nextAt(7, 1)).isEqualTo(7);
        assertThat(gate.untilOpen(7)).isZero();
    }

    @Test
    void staysClosedUntilTheLatestInstantNamed() {
        gate.closeUntil(100);
        gate.closeUntil(50);
        assertThat(gate.nextAt(99, 1)).isEqualTo(100);
        assertThat(gate.nextAt(100, 1)).isEqualTo(100);
        assertThat(gate.untilOpen(40)).isEqualTo(60);
    }

    @Test
    void letsAsManyPassAsAreLeft() {
        gate.hint(0, 2, 100, 0);
        gate.grant(0, 1);
        assertThat(gate.nextAt(0, 1)).isZero();
        gate.grant(0, 1);
        assertThat(gate.nextAt(0, 1)).isEqualTo(100);
        assertThat(gate.nextAt(100, 1)).isEqualTo(100);
    }

    @Test
    void aHeavyOneWaitsWhenTooLittleIsLeft() {
        gate.hint(0, 2, 100, 0);
        assertThat(gate.nextAt(0, 2)).isZero();
        assertThat(gate.nextAt(0, 3)).isEqualTo(100);
    }

    @Test
    void aLaterHintOfTheSameWindowNeverRaisesWhatIsLeft() {
        gate.hint(0, 2, 100, 0);
        gate.grant(0, 1);
        gate.grant(0, 1);
        gate.hint(1, 50, 100, 0);
        assertThat(gate.nextAt(1, 1)).isEqualTo(100);
    }

    @Test
    void twoWindowsHoldSideBySide() {
        gate.hint(0, 1, 10, 0);
        gate.hint(0, 2, 1000, 0);
        gate.grant(0, 1);
        assertThat(gate.nextAt(0, 1)).isEqualTo(10);
        gate.grant(10, 1);
        assertThat(gate.nextAt(10, 1)).isEqualTo(1000);
    }

    @Test
    void belowATenthOfTheQuotaTheRestIsSpreadUntilTheReset() {
        gate.grant(0, 1);
        gate.hint(0, 5, 100, 60);
        for (int at = 20; at <= 80; at += 20) {
            assertThat(gate.nextAt(0, 1)).isEqualTo(at);
            gate.grant(at, 1);
        }
        assertThat(gate.nextAt(80, 1)).isEqualTo(100);
    }

    @Test
    void aTenthOfTheQuotaIsNotYetLittle() {
        gate.grant(0, 1);
        gate.hint(0, 6, 100, 60);
        assertThat(gate.nextAt(0, 1)).isZero();
    }

    @Test
    void aGrantTakenBackCountsForNothing() {
        gate.hint(0, 1, 100, 0);
        gate.grant(5, 1);
        gate.revoke(1);
        assertThat(gate.nextAt(5, 1)).isEqualTo(5);
    }

    @Test
    void keepsAFewHintsHoweverManyCome() {
        gate.hint(0, 1, 10, 0);
        for (int i = 2; i < 1000; i++) {
            gate.hint(0, i, 10L * i, 0);
        }
        gate.grant(0, 1);
        assertThat(gate.nextAt(0, 1)).isEqualTo(10);
        gate.grant(10, 996);
        assertThat(gate.nextAt(9, 3)).isEqualTo(9_990);
    }
}
