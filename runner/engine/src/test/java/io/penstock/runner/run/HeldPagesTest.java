package io.penstock.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.record.HeldBytes;
import io.penstock.record.Resume;
import io.penstock.record.SliceId;
import io.penstock.runner.summary.RunSummary;
import java.time.Duration;
import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeldPagesTest {

    private static final int MUCH = 1 << 20;

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private HeldBytes budget(long bytes) {
        HeldBytes held = HeldBytes.of(bytes);
        rig.options.held(held);
        return held;
    }

    @Test
    void noBatchIsAskedForAheadWhileTheBudgetIsSpent() {
        budget(1);
        rig.orders().pages(5, 1);
        rig.store.writing = Duration.ofMillis(100);
        rig.start().advance(99);
        assertThat(rig.source.demand).hasValue(1);
        rig.advance(1);
        assertThat(rig.source.demand).hasValue(2);
        rig.advance(99);
        assertThat(rig.source.demand).hasValue(2);
    }

    @Test
    void oneBatchIsAskedForAheadAsLongAsThereIsRoom() {
        HeldBytes held = budget(MUCH);
        rig.orders().pages(5, 1);
        rig.store.writing = Duration.ofMillis(100);
        rig.start().advance(99);
        assertThat(rig.source.demand).hasValue(2);
        long page = rig.source.turns(Rig.ALL).get(0).batch().records().array().length;
        assertThat(held.free()).isEqualTo(MUCH - 2 * page);
    }

    @Test
    void aBatchCountsUntilItIsWrittenAndCommitted() {
        HeldBytes held = budget(MUCH);
        rig.orders().pages(1, 10);
        rig.store.writing = Duration.ofMillis(100);
        rig.store.committing = Duration.ofMillis(100);
        rig.start().advance(199);
        assertThat(held.free()).isLessThan(MUCH);
        rig.advance(1);
        assertThat(held.free()).isEqualTo(MUCH);
    }

    @Test
    void manySlicesAllComeToTheirEndOnOneByte() {
        int slices = 200;
        HeldBytes held = budget(1);
        String[] keys = IntStream.range(0, slices).mapToObj(i -> "s" + i).toArray(String[]::new);
        rig.concurrency = 64;
        rig.source.stream(Rig.info(Rig.ORDERS, true, true, Resume.RECORD_CURSOR), keys);
        for (String key : keys) {
            SliceId slice = Rig.ORDERS.slice(key);
            IntStream.range(0, 5).forEach(page -> rig.source.page(slice, 3, Duration.ofMillis(page), true));
        }
        rig.store.writing = Duration.ofMillis(10);
        rig.store.committing = Duration.ofMillis(5);
        assertThat(rig.run(60_000).exitCode()).isZero();
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(slices * 15).doesNotHaveDuplicates();
        assertThat(held.free()).isEqualTo(1);
    }

    @Test
    void whereverARunIsCutOffTheBudgetIsFullAgain() {
        for (long bytes : new long[] {1, 60, MUCH}) {
            for (int at = 0; at < 700; at += 5) {
                try (Rig sweep = new Rig().orders()) {
                    HeldBytes held = HeldBytes.of(bytes);
                    sweep.options.held(held).drain(Duration.ofMillis(at % 3 == 0 ? 0 : 15));
                    for (int page = 0; page < 6; page++) {
                        sweep.source.page(Rig.ALL, 5, Duration.ofMillis(page % 2 * 40), page % 2 == 1);
                    }
                    sweep.store.writing = Duration.ofMillis(at % 2 * 30);
                    sweep.store.committing = Duration.ofMillis(50);
                    sweep.start().advance(at);
                    if (sweep.handle != null) {
                        sweep.handle.stop(143);
                    }
                    sweep.advance(1_000);
                    assertThat(sweep.over()).as("over, cut off at %d", at).isTrue();
                    assertThat(held.free()).as("cut off at %d", at).isEqualTo(bytes);
                    RunSummary rest = sweep.run(10_000);
                    assertThat(rest.failures()).isEmpty();
                    assertThat(new HashSet<>(sweep.store.rowsOf(Rig.ORDERS))).hasSize(30);
                    assertThat(held.free()).isEqualTo(bytes);
                }
            }
        }
    }

    @Test
    void afterAFailureOfSourceOrSinkTheBudgetIsFullAgain() {
        HeldBytes held = budget(60);
        rig.orders().pages(3, 2);
        rig.source.failure(Rig.ALL, new TruncatedResponse("cut"));
        rig.store.writing = Duration.ofMillis(10);
        assertThat(rig.run(1_000).exitCode()).isEqualTo(75);
        assertThat(held.free()).isEqualTo(60);
        rig.source.script.clear();
        rig.orders().pages(30, 10);
        rig.store.faults.add(new RecordingStore.Fault(new SinkPermanent("broken"), false));
        assertThat(rig.run(1_000).exitCode()).isEqualTo(74);
        assertThat(held.free()).isEqualTo(60);
    }
}
