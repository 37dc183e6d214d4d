package io.penstock.checks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.checks.simulation.Sweep.Way;
import io.penstock.rate.RateLimit;
import io.penstock.sink.CommitCadence;
import io.penstock.sink.WriteMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pages that come in pieces, where a single request may be under way: what simulations found to wait for itself for ever. */
class PiecesTest {

    private static Sweep one(String stream, int readAhead) {
        return new Sweep(
                new Scenario(
                        Map.of(stream, WriteMode.UPSERT),
                        3,
                        readAhead,
                        true,
                        List.of(RateLimit.parse("50/s")),
                        1,
                        1 << 20,
                        new CommitCadence(5, 1 << 20, Duration.ofSeconds(1))),
                4,
                Bug.NONE);
    }

    @Test
    void aParentsPageDoesNotKeepTheOnlyPlaceFromItsChildren() {
        assertThat(one("members", 1).count()).isPositive();
    }

    @Test
    void aPageReadAheadDoesNotKeepTheOnlyPlaceFromThePageBefore() {
        assertThat(one("orders", 5).count()).isPositive();
    }

    @Test
    void aParentsPageThatBreaksOffHalfWayBringsNoChildTwice() {
        Sweep members = one("members", 1);
        int count = members.count();
        for (int k = 1; k <= count; k++) {
            members.strike(Way.FAILS, k);
        }
    }
}
