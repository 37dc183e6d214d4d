package io.penstock.runner.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.SinkFailure.SinkFull;
import io.penstock.error.SinkFailure.SinkTransient;
import io.penstock.record.Resume;
import io.penstock.runner.event.RunEvent;
import io.penstock.sink.CommitCadence;
import io.penstock.sink.WriteMode;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommitTest {

    private final Rig rig = new Rig();

    @AfterEach
    void close() {
        rig.close();
    }

    private List<String> commits() {
        return rig.store.log.stream().filter(line -> line.startsWith("commit")).toList();
    }

    @Test
    void commitsAtTheEndOfThePageThatReachesTheRows() {
        rig.orders().pages(5, 4);
        rig.run(10);
        assertThat(commits()).containsExactly("commit all v1 to 3 at 0", "commit all v2 to 5 at 0");
    }

    @Test
    void commitsAtTheEndOfThePageThatReachesTheBytes() {
        rig.orders().pages(4, 1);
        int line = "{\"id\":\"all-0-0\"}\n".length();
        rig.store.cadence = new CommitCadence(1_000, 2L * line, Duration.ofHours(1));
        rig.run(10);
        assertThat(commits()).containsExactly("commit all v1 to 2 at 0", "commit all v2 to 4 at 0");
    }

    @Test
    void commitsIdleRowsWhenTheyReachTheAgeAndNotBefore() {
        rig.orders().pages(1, 1);
        rig.source.page(Rig.ALL, 1, Duration.ofSeconds(5), true);
        rig.start().advance(499);
        assertThat(commits()).isEmpty();
        rig.advance(1);
        assertThat(commits()).containsExactly("commit all v1 to 1 at 500");
        rig.advance(10_000);
        assertThat(commits()).hasSize(2);
        assertThat(rig.summary().exitCode()).isZero();
    }

    @Test
    void countsTheAgeFromTheFirstRowSinceTheLastCommit() {
        rig.orders();
        rig.source.page(Rig.ALL, 10, Duration.ofMillis(300), true);
        rig.source.page(Rig.ALL, 1, Duration.ofMillis(300), true);
        rig.source.page(Rig.ALL, 1, Duration.ofSeconds(5), true);
        rig.start().advance(1_099);
        assertThat(commits()).containsExactly("commit all v1 to 1 at 300");
        rig.advance(1);
        assertThat(commits()).last().isEqualTo("commit all v2 to 2 at 1100");
    }

    @Test
    void repeatsTheSameCommitWithoutAskingTheSourceAgain() {
        rig.orders().pages(1, 1);
        for (int i = 0; i < 5; i++) {
            rig.store.faults.add(new RecordingStore.Fault(new SinkTransient("deadlock"), false));
        }
        assertThat(rig.run(60_000).exitCode()).isZero();
        assertThat(commits()).hasSize(6).allMatch(line -> line.startsWith("commit all v1 to 1"));
        assertThat(rig.source.asked.get(Rig.ALL)).hasValue(1);
        assertThat(rig.events)
                .filteredOn(RunEvent.CommitRetried.class::isInstance)
                .hasSize(5);
    }

    @Test
    void givesUpAfterFiveRepeats() {
        rig.orders().pages(1, 1);
        for (int i = 0; i < 6; i++) {
            rig.store.faults.add(new RecordingStore.Fault(new SinkTransient("deadlock"), false));
        }
        assertThat(rig.run(60_000).exitCode()).isEqualTo(74);
        assertThat(commits()).hasSize(6);
        assertThat(rig.store.rowsOf(Rig.ORDERS)).isEmpty();
    }

    @Test
    void doublesNothingWhenOnlyTheAnswerOfACommitWasLost() {
        rig.orders().pages(3, 10);
        rig.store.faults.add(new RecordingStore.Fault(new SinkTransient("connection lost"), true));
        assertThat(rig.run(60_000).exitCode()).isZero();
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(30).doesNotHaveDuplicates();
        assertThat(rig.store.versionOf(Rig.ALL)).isEqualTo(3);
    }

    @Test
    void doesNotRepeatWhatNeedsAHand() {
        rig.orders().pages(1, 1);
        rig.store.faults.add(new RecordingStore.Fault(new SinkFull("disk full"), false));
        assertThat(rig.run(60_000).exitCode()).isEqualTo(74);
        assertThat(commits()).hasSize(1);
    }

    @Test
    void commitsAnAppendThatCannotBeResumedAllAtOnce() {
        rig.source.stream(Rig.info(Rig.ORDERS, false, true, Resume.NONE), "all");
        rig.pages(5, 10);
        rig.run(10);
        assertThat(commits()).containsExactly("commit all v1 to 5 at 0");
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(50);
    }

    @Test
    void keepsNothingOfAnAppendThatCannotBeResumedAndBreaksOff() {
        rig.source.stream(Rig.info(Rig.ORDERS, false, true, Resume.NONE), "all");
        rig.pages(5, 10);
        rig.source.failure(Rig.ALL, new io.penstock.error.TryLater.TruncatedResponse("cut"));
        rig.run(10);
        assertThat(commits()).isEmpty();
    }

    @Test
    void commitsAnAppendOnlyWhereACursorCoversItsRows() {
        rig.source.stream(Rig.info(Rig.ORDERS, false, true, Resume.PAGE_TOKEN), "all");
        rig.source.page(Rig.ALL, 10, Duration.ZERO, false);
        rig.source.page(Rig.ALL, 10, Duration.ZERO, true);
        rig.source.page(Rig.ALL, 10, Duration.ZERO, false);
        rig.source.failure(Rig.ALL, new io.penstock.error.TryLater.TruncatedResponse("cut"));
        rig.run(10);
        assertThat(commits()).containsExactly("commit all v1 to 2 at 0");
        assertThat(rig.store.rowsOf(Rig.ORDERS)).hasSize(20);
    }

    @Test
    void commitsRowsWithoutACursorWhereARepeatIsHarmless() {
        rig.orders();
        rig.source.page(Rig.ALL, 10, Duration.ZERO, false);
        rig.source.page(Rig.ALL, 10, Duration.ZERO, true);
        rig.run(10);
        assertThat(commits()).containsExactly("commit all v1 to - at 0", "commit all v2 to 2 at 0");
    }

    @Test
    void appendsWhatIsIncrementalWhereTheSinkCannotUpsert() {
        rig.orders().pages(1, 1);
        rig.store.modes = EnumSet.of(WriteMode.APPEND);
        assertThat(rig.run(10).streams().get(0).mode()).isEqualTo(WriteMode.APPEND);
    }
}
