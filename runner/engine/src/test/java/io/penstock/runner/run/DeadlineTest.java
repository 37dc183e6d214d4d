package io.penstock.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.config.Config;
import io.penstock.config.Setting;
import io.penstock.observe.Meters;
import io.penstock.runner.limits.Limits;
import io.penstock.runner.summary.RunSummary;
import io.penstock.runner.summary.StreamReport.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static Limits limits(String deadline) {
        Setting<Limits> setting = Limits.setting();
        return Config.of(List.of(setting), Map.of("limits", Map.of("deadline", deadline)))
                .value(setting);
    }

    @Test
    void atTheDeadlineThePageUnderWayIsCommittedAndTheRestIsForTheNextRun() {
        rig.orders().pages(1, 1);
        rig.source.page(Rig.ALL, 1, Duration.ofMillis(300), true);
        rig.source.page(Rig.ALL, 1, Duration.ofMinutes(10), true);
        rig.limits = limits("200ms");
        rig.start().advance(299);
        assertThat(rig.over()).isFalse();
        rig.advance(1);
        RunSummary summary = rig.summary();

        assertThat(summary.exitCode()).isEqualTo(75);
        assertThat(summary.streams().get(0).state()).isEqualTo(State.STOPPED);
        assertThat(rig.store.cursorOf(Rig.ALL)).isEqualTo("2");
        assertThat(summary.failures())
                .singleElement()
                .satisfies(
                        failure -> assertThat(failure.message()).contains("the deadline of 200ms", "limits.deadline"));
        assertThat(rig.source.closed).isTrue();
        assertThat(rig.store.claimed).isFalse();
    }

    @Test
    void aRunThatEndsBeforeItsDeadlineIsWell() {
        rig.orders().pages(2, 1);
        rig.limits = limits("1h");

        assertThat(rig.run(1_000).exitCode()).isZero();
        rig.advance(Duration.ofHours(2).toMillis());
        assertThat(rig.summary().failures()).isEmpty();
        assertThat(rig.summary().streams().get(0).state()).isEqualTo(State.DONE);
    }

    @Test
    void whatWasReadIsCountedInMeters() {
        rig.orders().pages(3, 2);
        rig.run(1_000);

        assertThat(rig.meters
                        .counter(Meters.RECORDS.label(), "connection", "shop", "stream", "orders")
                        .count())
                .isEqualTo(6);
        assertThat(rig.meters
                        .counter(Meters.COMMITTED.label(), "connection", "shop", "stream", "orders")
                        .count())
                .isEqualTo(6);
    }
}
