package io.penstock.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.BadAnswer.CursorExpired;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.SinkFailure.SinkTransient;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.record.Resume;
import io.penstock.record.SliceId;
import io.penstock.runner.event.RunEvent;
import io.penstock.runner.summary.StreamReport.State;
import io.penstock.sink.WriteMode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplaceTest {

    private static final SliceId A = Rig.ORDERS.slice("a");
    private static final SliceId B = Rig.ORDERS.slice("b");
    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private Rig twoSlices() {
        rig.source.stream(Rig.info(Rig.ORDERS, true, false, Resume.NONE), "a", "b");
        rig.source.page(A, 2);
        rig.source.page(B, 3);
        return rig;
    }

    @Test
    void publishesOnceAfterTheLastSlice() {
        twoSlices().run(10);
        assertThat(rig.store.log.stream().filter(line -> !line.startsWith("close")))
                .last()
                .isEqualTo("publish orders");
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(5);
        assertThat(rig.store.log).containsOnlyOnce("publish orders");
    }

    @Test
    void leavesTheOldRowsWhenOneSliceFails() {
        twoSlices().run(10);
        rig.store.log.clear();
        rig.source.failure(B, new TruncatedResponse("cut"));
        assertThat(rig.run(10).exitCode()).isEqualTo(75);
        assertThat(rig.store.log).doesNotContain("publish orders");
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(5);
    }

    @Test
    void readsFromTheBeginningEachTime() {
        twoSlices().run(10);
        rig.run(10);
        assertThat(rig.source.reads).allMatch(line -> line.endsWith("from -")).hasSize(4);
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(5);
    }

    @Test
    void emptiesAStreamThatHasNoSlicesAnyMore() {
        twoSlices().run(10);
        rig.source.script.clear();
        assertThat(rig.run(10).exitCode()).isZero();
        assertThat(rig.store.rowsOf(Rig.ORDERS)).isEmpty();
    }

    @Test
    void parksAPublishThatFails() {
        twoSlices();
        rig.store.publishFailure = new SinkPermanent("no swap");
        var summary = rig.run(10);
        assertThat(summary.exitCode()).isEqualTo(74);
        assertThat(summary.streams().get(0).state()).isEqualTo(State.FAILED);
    }

    @Test
    void asksAgainToPublishWhatTheSinkCouldNotTakeYet() {
        twoSlices();
        rig.store.publishFaults.add(new SinkTransient("busy"));
        rig.store.publishFaults.add(new SinkTransient("busy still"));
        var summary = rig.run(60_000);
        assertThat(summary.exitCode()).isZero();
        assertThat(rig.store.log).filteredOn("publish orders"::equals).hasSize(3);
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(5);
        assertThat(rig.events)
                .filteredOn(RunEvent.PublishRetried.class::isInstance)
                .extracting(event -> ((RunEvent.PublishRetried) event).reason())
                .containsExactly("busy", "busy still");
    }

    @Test
    void givesUpToPublishWhenTheSinkStaysBusy() {
        twoSlices();
        rig.store.publishFailure = new SinkTransient("busy");
        assertThat(rig.run(600_000).exitCode()).isEqualTo(74);
        assertThat(rig.store.log).filteredOn("publish orders"::equals).hasSize(6);
        assertThat(rig.store.rowsOf(Rig.ORDERS)).isEmpty();
    }

    @Test
    void aFullRefreshReplacesAndKeepsItsCursorForTheNextRun() {
        rig.orders().pages(2, 2);
        rig.run(10);
        rig.options.fullRefresh(true);
        assertThat(rig.run(10).streams().get(0).mode()).isEqualTo(WriteMode.REPLACE);
        rig.options.fullRefresh(false);
        rig.pages(1, 2);
        rig.run(10);
        assertThat(rig.source.reads)
                .containsExactly("shop/orders/all from -", "shop/orders/all from -", "shop/orders/all from 2");
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void refusesAFullRefreshThatWouldDoubleEveryRow() {
        rig.orders().pages(1, 1);
        rig.store.modes = EnumSet.of(WriteMode.APPEND);
        rig.options.fullRefresh(true);
        assertThat(rig.run(10).exitCode()).isEqualTo(78);
        assertThat(rig.store.rowsOf(Rig.ORDERS)).isEmpty();
    }

    @Test
    void readsAgainFromTheCommittedCursorWhenPageTokensHaveDied() {
        rig.orders().pages(1, 10);
        rig.source.failure(Rig.ALL, new CursorExpired("gone", 410));
        rig.source.page(Rig.ALL, 1);
        rig.start();
        rig.advance(0);
        assertThat(rig.source.reads)
                .isEqualTo(List.of(
                        "shop/orders/all from -",
                        "shop/orders/all from 1",
                        "shop/orders/all from 1",
                        "shop/orders/all from 1",
                        "shop/orders/all from 1"));
        assertThat(rig.summary().exitCode()).isEqualTo(76);
        assertThat(rig.events).filteredOn(RunEvent.Restarted.class::isInstance).hasSize(4);
        assertThat(rig.store.openStages).isZero();
    }

    @Test
    void anUpsertBeginsAgainWithoutTheTokenThatDied() {
        rig.orders().pages(1, 10);
        rig.source.tokens = true;
        rig.source.failure(Rig.ALL, new CursorExpired("gone", 410));
        rig.start();
        rig.advance(0);
        assertThat(rig.source.reads.subList(0, 2)).containsExactly("shop/orders/all from -", "shop/orders/all from 0");
        assertThat(rig.store.openStages).isZero();
    }

    @Test
    void anAppendDoesNotBeginAgainBehindPagesThatItHasCommitted() {
        rig.orders().pages(1, 10);
        rig.store.modes = EnumSet.of(WriteMode.APPEND);
        rig.source.tokens = true;
        rig.source.failure(Rig.ALL, new CursorExpired("gone", 410));
        assertThat(rig.run(10).exitCode()).isEqualTo(76);
        assertThat(rig.source.reads).hasSize(1);
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(10);
    }

    @Test
    void doesNotReadAgainWhatAReplaceHasCommittedWithoutACursor() {
        rig.source.stream(Rig.info(Rig.ORDERS, false, false, Resume.NONE), "all");
        rig.source.page(Rig.ALL, 10, Duration.ZERO, false);
        rig.source.failure(Rig.ALL, new CursorExpired("gone", 410));
        assertThat(rig.run(10).exitCode()).isEqualTo(76);
        assertThat(rig.source.reads).hasSize(1);
    }
}
