package io.penstock.testkit.model.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    @Test
    void hitsAboutEightOfAHundredAndLeavesNoKindOut() {
        FaultPlan plan = new FaultPlan(1);
        Map<Fault, Integer> hits = new EnumMap<>(Fault.class);
        for (long page = 0; page < 20_000; page++) {
            Fault fault = plan.next(page);
            if (fault != null) {
                hits.merge(fault, 1, Integer::sum);
            }
        }
        assertThat(hits).containsOnlyKeys(Fault.values());
        assertThat(hits.values().stream().mapToInt(Integer::intValue).sum()).isBetween(1400, 1850);
        assertThat(hits.get(Fault.THROTTLE)).isBetween(60, 140);
    }

    @Test
    void neverHitsOnePageThreeTimesInARow() {
        FaultPlan plan = new FaultPlan(2);
        int twice = 0;
        for (long page = 0; page < 50_000; page++) {
            int row = 0;
            while (plan.next(page) != null) {
                row++;
            }
            assertThat(row).isLessThanOrEqualTo(FaultPlan.MAX_IN_A_ROW);
            twice += row == 2 ? 1 : 0;
        }
        assertThat(twice).isPositive();
    }

    @Test
    void decidesTheSameInWhateverOrderThePagesCome() {
        FaultPlan forward = new FaultPlan(3);
        FaultPlan backward = new FaultPlan(3);
        Fault[] first = new Fault[2000];
        for (int page = 0; page < first.length; page++) {
            first[page] = forward.next(page);
        }
        for (int page = first.length - 1; page >= 0; page--) {
            assertThat(backward.next(page)).isEqualTo(first[page]);
        }
    }
}
