package io.penstock.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.observe.WaitReason;
import io.penstock.record.Resume;
import io.penstock.runner.summary.RunSummary;
import io.penstock.runner.summary.StreamReport.State;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StopTest {

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private void stop() {
        assertThat(rig.handle).isNotNull();
        if (rig.handle != null) {
            rig.handle.stop(130);
        }
    }

    private void clean() {
        assertThat(rig.store.openStages).isZero();
        assertThat(rig.store.claimed).isFalse();
        assertThat(rig.source.closed).isTrue();
        assertThat(rig.source.open).hasValue(0);
    }

    @Test
    void commitsThePageThatIsArriving() {
        rig.orders().pages(1, 1);
        rig.source.page(Rig.ALL, 1, Duration.ofMillis(300), true);
        rig.source.page(Rig.ALL, 1, Duration.ofMillis(300), true);
        rig.start().advance(100);
        stop();
        rig.advance(199);
        assertThat(rig.over()).isFalse();
        rig.advance(1);
        assertThat(rig.summary().exitCode()).isEqualTo(130);
        assertThat(rig.store.cursorOf(Rig.ALL)).isEqualTo("2");
        assertThat(rig.summary().streams().get(0).state()).isEqualTo(State.STOPPED);
        clean();
    }

    @Test
    void doesNotWaitForAPageThatOnlyWaitsForItsTurn() {
        rig.orders().pages(1, 1);
        rig.source.doing = WaitReason.LIMIT;
        rig.source.page(Rig.ALL, 1, Duration.ofMinutes(10), true);
        rig.start().advance(100);
        stop();
        rig.advance(0);
        assertThat(rig.summary().exitCode()).isEqualTo(130);
        assertThat(rig.store.cursorOf(Rig.ALL)).isEqualTo("1");
        clean();
    }

    @Test
    void rollsBackWhatTheDrainIsTooShortFor() {
        rig.orders().pages(3, 10);
        rig.store.committing = Duration.ofMinutes(2);
        rig.start().advance(100);
        stop();
        rig.advance(29_999);
        assertThat(rig.over()).isFalse();
        rig.advance(1);
        assertThat(rig.summary().exitCode()).isEqualTo(130);
        assertThat(rig.store.rowsOf(Rig.ORDERS)).isEmpty();
        assertThat(rig.summary().streams().get(0).state()).isEqualTo(State.STOPPED);
        clean();
    }

    @Test
    void beginsNoSliceAfterTheStopAndPublishesNothing() {
        rig.concurrency = 1;
        rig.source.stream(Rig.info(Rig.ORDERS, true, false, Resume.NONE), "a", "b");
        rig.source.page(Rig.ORDERS.slice("a"), 1, Duration.ofMillis(100), true);
        rig.source.page(Rig.ORDERS.slice("b"), 1, Duration.ofMillis(100), true);
        rig.start().advance(50);
        stop();
        rig.advance(1_000);
        assertThat(rig.summary().exitCode()).isEqualTo(130);
        assertThat(rig.source.reads).containsExactly("shop/orders/a from -");
        assertThat(rig.store.log).doesNotContain("publish orders");
    }

    @Test
    void theFirstSignalsCodeStays() {
        rig.orders().pages(1, 1);
        rig.source.page(Rig.ALL, 1, Duration.ofSeconds(1), true);
        rig.start().advance(1);
        stop();
        if (rig.handle != null) {
            rig.handle.stop(143);
        }
        rig.advance(60_000);
        assertThat(rig.summary().exitCode()).isEqualTo(130);
    }

    @Test
    void losesAndDoublesNothingWhereverItIsStopped() {
        for (int at = 0; at < 1_000; at += 37) {
            try (Rig sweep = new Rig().orders()) {
                for (int page = 0; page < 6; page++) {
                    sweep.source.page(Rig.ALL, 5, Duration.ofMillis(70), page % 2 == 1);
                }
                sweep.store.writing = Duration.ofMillis(30);
                sweep.store.committing = Duration.ofMillis(50);
                sweep.start().advance(at);
                if (sweep.handle != null) {
                    sweep.handle.stop(143);
                }
                sweep.advance(31_000);
                RunSummary stopped = sweep.summary();
                assertThat(stopped.exitCode()).isIn(0, 143);
                assertThat(sweep.store.openStages).isZero();
                assertThat(sweep.store.claimed).isFalse();
                RunSummary rest = sweep.run(10_000);
                assertThat(rest.failures()).isEmpty();
                assertThat(sweep.store.rowsOf(Rig.ORDERS)).hasSize(30);
                assertThat(new HashSet<>(sweep.store.rowsOf(Rig.ORDERS))).hasSize(30);
            }
        }
    }
}
