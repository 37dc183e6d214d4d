package io.penstock.checks.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.checks.simulation.Sweep.Way;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every single operation of four scenarios, struck in four ways. Time budget: 60 s on two cores. */
class SweepTest {

    private static final int FEWEST = 20;

    private static final List<Sweep> SWEEPS = List.of(
            new Sweep(Scenario.appended(), 1, Bug.NONE),
            new Sweep(Scenario.appended(), 3, Bug.NONE),
            new Sweep(Scenario.peeked(), 1, Bug.NONE),
            new Sweep(Scenario.peeked(), 3, Bug.NONE),
            new Sweep(Scenario.upserted(), 1, Bug.NONE),
            new Sweep(Scenario.upserted(), 2, Bug.NONE),
            new Sweep(Scenario.replaced(), 1, Bug.NONE),
            new Sweep(Scenario.replaced(), 2, Bug.NONE));

    @ParameterizedTest
    @EnumSource(Way.class)
    void noOperationIsTheOneThatLosesOrDoublesARow(Way way) {
        for (Sweep sweep : SWEEPS) {
            int count = sweep.count();
            assertThat(count).isGreaterThan(FEWEST);
            for (int k = 1; k <= count; k++) {
                sweep.strike(way, k);
            }
        }
    }

    @Test
    void aPlantedBugIsFound() {
        assertThatThrownBy(() -> everywhere(new Sweep(Scenario.appended(), 1, Bug.COMMITS_TWICE), Way.FAILS))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("no row of events twice");
        assertThatThrownBy(() -> everywhere(new Sweep(Scenario.replaced(), 1, Bug.SKIPS_RETRIED_PAGES), Way.FAILS))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> everywhere(new Sweep(Scenario.upserted(), 1, Bug.LEAKS_A_PERMIT), Way.HALTS))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("all permits back");
        assertThatThrownBy(() -> everywhere(new Sweep(Scenario.upserted(), 1, Bug.HANGS), Way.HANGS))
                .isInstanceOf(Violation.class)
                .hasMessageContaining("the run hangs");
    }

    private static void everywhere(Sweep sweep, Way way) {
        int count = new Sweep(sweep.scenario(), sweep.pieces(), Bug.NONE).count();
        for (int k = 1; k <= count; k++) {
            sweep.strike(way, k);
        }
    }
}
