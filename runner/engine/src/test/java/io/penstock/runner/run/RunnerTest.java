package io.penstock.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.BadAnswer.MalformedPayload;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.error.TryLater.TruncatedResponse;
import io.penstock.record.Resume;
import io.penstock.record.StreamId;
import io.penstock.runner.event.RunEvent;
import io.penstock.runner.plan.PlannedStream;
import io.penstock.runner.summary.FirstLook;
import io.penstock.runner.summary.RunSummary;
import io.penstock.runner.summary.StreamReport.State;
import io.penstock.sink.WriteMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunnerTest {

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void copiesEveryPageAndKeepsTheCursor() {
        rig.orders().pages(3, 4);
        RunSummary summary = rig.run(10);
        assertThat(summary.failures()).isEmpty();
        assertThat(summary.exitCode()).isZero();
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(12);
        assertThat(rig.store.cursorOf(Rig.ALL)).isEqualTo("3");
        assertThat(summary.streams().get(0).state()).isEqualTo(State.DONE);
        assertThat(summary.streams().get(0).counts().committed()).isEqualTo(12);
        assertThat(summary.connections().get(0).rows()).containsEntry("orders", 12L);
    }

    @Test
    void countsWhatWasAskedBeforeTheFirstStream() {
        rig.orders().pages(1, 1);
        rig.source.looks = 2;
        RunSummary summary = rig.run(10);
        long read = summary.streams().get(0).counts().requests();
        assertThat(summary.connections().get(0).firstLook()).isEqualTo(new FirstLook(2, 0));
        assertThat(summary.requests()).isEqualTo(read + 2);
    }

    @Test
    void closesStageSinkAndSourceWhateverHappens() {
        rig.orders().pages(1, 1);
        rig.source.failure(Rig.ALL, new TruncatedResponse("cut"));
        rig.run(10);
        assertThat(rig.store.openStages).isZero();
        assertThat(rig.store.claimed).isFalse();
        assertThat(rig.source.closed).isTrue();
        assertThat(rig.source.open).hasValue(0);
    }

    @Test
    void goesOnFromTheSinksCursor() {
        rig.orders().pages(2, 2);
        rig.run(10);
        rig.pages(2, 2);
        rig.run(10);
        assertThat(rig.source.reads).containsExactly("shop/orders/all from -", "shop/orders/all from 2");
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(8).doesNotHaveDuplicates();
        assertThat(rig.store.versionOf(Rig.ALL)).isEqualTo(2);
    }

    @Test
    void commitsNothingWhenNothingIsNew() {
        rig.orders().pages(1, 2);
        rig.run(10);
        rig.store.log.clear();
        rig.run(10);
        assertThat(rig.store.log).noneMatch(line -> line.startsWith("commit"));
    }

    @Test
    void parksAFailingSliceAndReadsTheOthers() {
        StreamId lost = StreamId.of("shop", "lost");
        rig.orders().pages(2, 2);
        rig.source.stream(Rig.info(lost, true, true, Resume.RECORD_CURSOR), "a", "b");
        rig.source.page(lost.slice("a"), 1);
        rig.source.failure(lost.slice("a"), new MalformedPayload("bad"));
        rig.source.page(lost.slice("b"), 1);
        RunSummary summary = rig.run(10);
        assertThat(summary.exitCode()).isEqualTo(76);
        assertThat(summary.failures()).hasSize(1);
        assertThat(summary.failures().get(0).place().stream()).contains("shop/lost");
        assertThat(summary.failures().get(0).place().slice()).contains("a");
        assertThat(rig.store.cursorOf(lost.slice("a"))).isEqualTo("1");
        assertThat(rig.store.cursorOf(lost.slice("b"))).isEqualTo("1");
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(4);
        assertThat(summary.streams()).extracting(s -> s.state()).containsExactly(State.DONE, State.FAILED);
    }

    @Test
    void asksForPermitsInTheNameOfTheStreamSoThatStreamsTakeTurns() {
        StreamId second = StreamId.of("shop", "second");
        rig.orders().pages(1, 1);
        rig.source.stream(Rig.info(second, true, true, Resume.RECORD_CURSOR), "a");
        rig.source.page(second.slice("a"), 1);
        rig.run(10);
        assertThat(rig.source.askers).containsExactlyInAnyOrder("all for shop/orders", "a for shop/second");
    }

    @Test
    void exitsWithTheWorstFailure() {
        StreamId second = StreamId.of("shop", "second");
        rig.orders();
        rig.source.failure(Rig.ALL, new TruncatedResponse("later"));
        rig.source.stream(Rig.info(second, true, true, Resume.RECORD_CURSOR), "a");
        rig.source.failure(second.slice("a"), new MalformedPayload("bad"));
        assertThat(rig.run(10).exitCode()).isEqualTo(76);
    }

    @Test
    void callsWhatIsNoneOfItsKindsABug() {
        rig.orders();
        rig.source.failure(Rig.ALL, new IllegalStateException("oops"));
        RunSummary summary = rig.run(10);
        assertThat(summary.exitCode()).isEqualTo(70);
        assertThat(summary.failures().get(0).code()).isEqualTo("Bug");
    }

    @Test
    void parksARefusedClaimWithoutReading() {
        rig.orders().pages(1, 1);
        rig.store.claimFailure = new StateConflict("another run holds shop");
        RunSummary summary = rig.run(10);
        assertThat(summary.exitCode()).isEqualTo(73);
        assertThat(rig.source.reads).isEmpty();
        assertThat(rig.source.closed).isTrue();
    }

    @Test
    void namesTheNearestStreamOfOneThatDoesNotExist() {
        rig.orders().pages(1, 1);
        rig.planned = List.of(PlannedStream.of("ordres"));
        RunSummary summary = rig.run(10);
        assertThat(summary.exitCode()).isEqualTo(78);
        assertThat(summary.failures().get(0).message()).contains("did you mean orders?");
    }

    @Test
    void readsOnlyTheStreamsAskedFor() {
        StreamId other = StreamId.of("shop", "other");
        rig.orders().pages(1, 1);
        rig.source.stream(Rig.info(other, true, true, Resume.RECORD_CURSOR), "a");
        rig.options.streams(Set.of("shop/orders", "elsewhere/thing"));
        assertThat(rig.run(10).streams()).extracting(s -> s.stream()).containsExactly(Rig.ORDERS);
    }

    @Test
    void parksAFailingListOfSlicesAfterReadingWhatWasListed() {
        rig.source.stream(Rig.info(Rig.ORDERS, true, false, Resume.NONE), "all");
        rig.pages(1, 1);
        rig.source.listFailure = new TruncatedResponse("list cut");
        RunSummary summary = rig.run(10);
        assertThat(summary.exitCode()).isEqualTo(75);
        assertThat(rig.source.reads).hasSize(1);
        assertThat(rig.store.log).doesNotContain("publish orders");
        assertThat(summary.streams().get(0).state()).isEqualTo(State.FAILED);
    }

    @Test
    void beginsAtTheStartOfThePlan() {
        rig.orders().pages(3, 1);
        rig.planned = List.of(new PlannedStream("orders", Optional.empty(), Optional.of("2")));
        rig.run(10);
        assertThat(rig.source.reads).containsExactly("shop/orders/all from 2");
    }

    @Test
    void refusesAStartThatTheStreamCannotHave() {
        rig.orders().pages(1, 1);
        rig.planned = List.of(new PlannedStream("orders", Optional.empty(), Optional.of("never")));
        assertThat(rig.run(10).failures().get(0).message()).contains("remove start");
    }

    @Test
    void runsNoMoreSlicesAtOnceThanAllowedAndTakesStreamsInTurn() {
        StreamId other = StreamId.of("shop", "other");
        rig.concurrency = 2;
        rig.source.stream(Rig.info(Rig.ORDERS, true, true, Resume.RECORD_CURSOR), "a", "b", "c");
        rig.source.stream(Rig.info(other, true, true, Resume.RECORD_CURSOR), "x", "y");
        rig.source.script.keySet().forEach(slice -> rig.source.page(slice, 1, Duration.ofMillis(100), true));
        rig.run(1_000);
        assertThat(rig.source.mostOpen).isEqualTo(2);
        assertThat(rig.source.reads)
                .containsExactly(
                        "shop/orders/a from -",
                        "shop/other/x from -",
                        "shop/orders/b from -",
                        "shop/other/y from -",
                        "shop/orders/c from -");
    }

    @Test
    void tellsStreamsCommitsAndTheEnd() {
        rig.orders().pages(1, 2);
        rig.run(10);
        assertThat(rig.events).hasSize(3);
        assertThat(rig.events.get(0)).isEqualTo(new RunEvent.StreamStarted(Rig.ORDERS, WriteMode.UPSERT));
        assertThat(rig.events.get(1)).isEqualTo(new RunEvent.Committed(Rig.ALL, 1, 2));
        assertThat(rig.events.get(2)).isInstanceOf(RunEvent.StreamFinished.class);
    }

    @Test
    void accountsForAllTheTimeOfItsLanes() {
        rig.orders();
        rig.source.page(Rig.ALL, 1, Duration.ofMillis(300), true);
        rig.store.writing = Duration.ofMillis(200);
        rig.store.committing = Duration.ofMillis(100);
        RunSummary summary = rig.run(2_000);
        assertThat(summary.failures()).isEmpty();
        var times = summary.streams().get(0).times();
        assertThat(times.lanes()).isEqualTo(Duration.ofMillis(600));
        assertThat(times.unattributed()).isZero();
        assertThat(times.waits())
                .containsEntry(io.penstock.observe.WaitReason.SERVER, Duration.ofMillis(300))
                .containsEntry(io.penstock.observe.WaitReason.SINK, Duration.ofMillis(300));
    }

    @Test
    void aListenerThatThrowsDisturbsNothing() {
        rig.orders().pages(1, 1);
        RunHandle handle = new Runner(rig.host()).start(rig.plan(), RunOptions.defaults(), event -> {
            throw new IllegalStateException("listener");
        });
        rig.advance(10);
        assertThat(handle.done().toFuture().getNow(null).exitCode()).isZero();
    }
}
