package io.penstock.testkit.model.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.guard.RateGate.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateGateTest {

    private static final long MS = 1_000_000L;

    private final RateGate gate = new RateGate(2, Duration.ofSeconds(1));

    @Test
    void admitsAgainExactlyOneWindowAfterTheOldest() {
        assertThat(gate.admit("a", 0).admitted()).isTrue();
        assertThat(gate.admit("a", 400 * MS).admitted()).isTrue();
        assertThat(gate.admit("a", 1000 * MS - 1).admitted()).isFalse();
        assertThat(gate.admit("a", 1000 * MS).admitted()).isTrue();
        assertThat(gate.admit("a", 1400 * MS - 1).admitted()).isFalse();
        assertThat(gate.admit("a", 1400 * MS).admitted()).isTrue();
    }

    @Test
    void saysWhatIsLeftAndRoundsTheWaitUp() {
        assertThat(gate.admit("a", 0)).isEqualTo(new Verdict(true, 1, 1));
        assertThat(gate.admit("a", MS)).isEqualTo(new Verdict(true, 0, 1));
        assertThat(gate.admit("a", 2 * MS)).isEqualTo(new Verdict(false, 0, 1));
        assertThat(new RateGate(1, Duration.ofMillis(2500)).admit("a", 0)).isEqualTo(new Verdict(true, 0, 3));
    }

    @Test
    void keepsCredentialsApartAndForgetsOnReset() {
        gate.admit("a", 0);
        gate.admit("a", 0);
        assertThat(gate.admit("b", 0).admitted()).isTrue();
        assertThat(gate.highest()).isEqualTo(2);
        gate.reset();
        assertThat(gate.highest()).isZero();
        assertThat(gate.highestAsked()).isZero();
        assertThat(gate.admit("a", 0).admitted()).isTrue();
    }

    @Test
    void countsWhatItRefusesApartSoThatAnImpoliteClientIsSeen() {
        for (long at = 0; at < 5; at++) {
            gate.admit("a", at * MS);
        }
        gate.admit("b", 4 * MS);
        assertThat(gate.highest()).isEqualTo(2);
        assertThat(gate.highestAsked()).isEqualTo(5);
        gate.admit("a", 1003 * MS); // by now only the last of the five is inside the window
        assertThat(gate.highestAsked()).isEqualTo(5);
    }

    @Test
    void asksThatKeepToTheLimitNeverCountHigher() {
        for (long at = 0; at < 20; at++) {
            gate.admit("a", at * 500 * MS);
        }
        assertThat(gate.highestAsked()).isEqualTo(2);
    }

    @Test
    void admitsEverythingButStillWatchesWithoutALimit() {
        RateGate open = new RateGate(0, Duration.ofSeconds(1));
        for (long at = 0; at < 1000; at++) {
            assertThat(open.admit("a", at * 2 * MS).admitted()).isTrue();
        }
        assertThat(open.highest()).isEqualTo(500);
        assertThat(open.highestAsked()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void neverAdmitsMoreThanTheLimitInAnyWindowAndNeverRefusesWithoutNeed(long seed) {
        Random random = new Random(seed);
        int limit = 1 + random.nextInt(150);
        long window = 1L + random.nextInt(500);
        RateGate judged = new RateGate(limit, Duration.ofNanos(window));
        List<Long> admitted = new ArrayList<>();
        long now = 0;
        for (int request = 0; request < 3000; request++) {
            now += (long) random.nextInt(3) * random.nextInt(4);
            long from = now - window;
            long inWindow = admitted.stream().filter(at -> at > from).count();
            boolean passes = judged.admit("a", now).admitted();
            assertThat(passes).as("seed %d, request %d", seed, request).isEqualTo(inWindow < limit);
            if (passes) {
                admitted.add(now);
            }
        }
        assertThat(judged.highest()).isLessThanOrEqualTo(limit);
    }
}
