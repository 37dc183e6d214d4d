package io.penstock.sinks.duckdb;

import static io.penstock.testkit.sink.SinkRun.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.error.DataRejected.RecordRejected;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.record.Resume;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** Commits of several slices that wait for the writer at the same time. */
final class CommitQueueTest {

    private static final String SCHEMA = """
            {"type": "object", "properties": {
              "id": {"type": "integer"}, "updated_at": {"type": "string", "format": "date-time"}}}
            """;

    private static final StreamInfo STREAM = new StreamInfo(
            StreamId.of("shop", "customers"),
            Optional.of(SCHEMA),
            List.of("id"),
            Optional.empty(),
            Optional.empty(),
            Resume.PAGE_TOKEN);

    @TempDir
    Path directory;

    private final List<Mono<Void>> ends = new ArrayList<>();
    private final List<Disposable> subscriptions = new ArrayList<>();

    private List<Stage> stages(SinkRun run, WriteMode mode, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> run.stage("slice " + i, mode))
                .toList();
    }

    /** Subscribes to one commit a stage while the writer is busy, so that all of them wait. */
    private void commitAtOnce(SinkRun run, List<Stage> stages, long version) throws IOException {
        CountDownLatch free = new CountDownLatch(1);
        Database database = Database.acquire(DuckDb.file(directory));
        try {
            database.writer().later(free::await);
            for (Stage stage : stages) {
                Mono<Void> end =
                        stage.commit(run.commit(version, "c" + version)).cache();
                subscriptions.add(end.subscribe(done -> {}, failure -> {}));
                ends.add(end);
            }
        } finally {
            free.countDown();
            database.release();
        }
    }

    private Throwable failureOf(int stage) {
        return ends.get(stage)
                .then(Mono.<Throwable>empty())
                .onErrorResume(Mono::just)
                .block(Duration.ofMinutes(1));
    }

    private List<String> ids() {
        return DuckDb.query(directory, "SELECT CAST(id AS VARCHAR) FROM customers ORDER BY id");
    }

    @Test
    void commitsThatWaitAreLoadedInOneTransaction() throws IOException {
        try (SinkRun run = SinkRun.of(DuckDb.open(directory), STREAM)) {
            List<Stage> stages = stages(run, WriteMode.APPEND, 4);
            for (int i = 0; i < 4; i++) {
                write(stages.get(i), 0, "{\"id\":" + i + ",\"field_" + i + "\":true}");
            }
            commitAtOnce(run, stages, 1);
            for (int i = 0; i < 4; i++) {
                assertThat(failureOf(i)).isNull();
            }
        }

        assertThat(ids()).containsExactly("0", "1", "2", "3");
        assertThat(DuckDb.query(directory, "SELECT count(*) FROM _penstock_state WHERE version = 1"))
                .containsExactly("4");
        assertThat(DuckDb.query(directory, "SELECT CAST(field_2 AS VARCHAR) FROM customers WHERE id = 2"))
                .containsExactly("true");
    }

    @Test
    void theSameStagesGoOnAfterwards() throws IOException {
        try (SinkRun run = SinkRun.of(DuckDb.open(directory), STREAM)) {
            List<Stage> stages = stages(run, WriteMode.APPEND, 3);
            for (long version = 1; version <= 3; version++) {
                ends.clear();
                for (int i = 0; i < 3; i++) {
                    write(stages.get(i), version, "{\"id\":" + (10 * version + i) + "}");
                }
                commitAtOnce(run, stages, version);
                for (int i = 0; i < 3; i++) {
                    assertThat(failureOf(i)).isNull();
                }
            }
        }

        assertThat(ids()).containsExactly("10", "11", "12", "20", "21", "22", "30", "31", "32");
    }

    @Test
    void aRefusedValueFailsItsOwnSliceOnly() throws IOException {
        try (SinkRun run = SinkRun.of(DuckDb.open(directory), STREAM)) {
            List<Stage> stages = stages(run, WriteMode.APPEND, 3);
            write(stages.get(0), 0, "{\"id\":0}");
            write(stages.get(1), 0, "{\"id\":1,\"updated_at\":\"yesterday\"}");
            write(stages.get(2), 0, "{\"id\":2}");
            commitAtOnce(run, stages, 1);

            assertThat(failureOf(0)).isNull();
            assertThat(failureOf(1)).isInstanceOf(RecordRejected.class).hasMessageContaining("record 1");
            assertThat(failureOf(2)).isNull();
        }

        assertThat(ids()).containsExactly("0", "2");
    }

    @Test
    void aCommitWhoseAnswerWasLostIsNotDoubledAmongOthers() throws IOException {
        try (SinkRun run = SinkRun.of(DuckDb.open(directory), STREAM)) {
            run.load("slice 1", WriteMode.APPEND, 1, "c1", "{\"id\":11}");
            List<Stage> stages = stages(run, WriteMode.APPEND, 3);
            for (int i = 0; i < 3; i++) {
                write(stages.get(i), 0, "{\"id\":" + (10 + i) + "}");
            }
            commitAtOnce(run, stages, 1);
            for (int i = 0; i < 3; i++) {
                assertThat(failureOf(i)).isNull();
            }
        }

        assertThat(ids()).containsExactly("10", "11", "12");
    }

    @Test
    void aVersionThatDoesNotFollowFailsItsOwnSliceOnly() throws IOException {
        try (SinkRun run = SinkRun.of(DuckDb.open(directory), STREAM)) {
            run.load("slice 0", WriteMode.APPEND, 1, "c1", "{\"id\":0}");
            run.load("slice 2", WriteMode.APPEND, 1, "c1", "{\"id\":2}");
            List<Stage> stages = stages(run, WriteMode.APPEND, 3);
            for (int i = 0; i < 3; i++) {
                write(stages.get(i), 0, "{\"id\":" + (10 + i) + "}");
            }
            commitAtOnce(run, stages, 2);

            assertThat(failureOf(0)).isNull();
            assertThat(failureOf(1)).isInstanceOf(StateConflict.class);
            assertThat(failureOf(2)).isNull();
        }

        assertThat(ids()).containsExactly("0", "2", "10", "12");
    }

    @Test
    void numbersThatWouldBeRoundedAreKeptBesidePlainOnes() throws IOException {
        try (SinkRun run = SinkRun.of(DuckDb.open(directory), STREAM)) {
            List<Stage> stages = stages(run, WriteMode.APPEND, 3);
            write(stages.get(0), 0, "{\"id\":0,\"price\":1.5}");
            write(stages.get(1), 0, "{\"id\":1,\"price\":1.00000000000000000001}");
            write(stages.get(2), 0, "{\"id\":2,\"price\":2.5}");
            commitAtOnce(run, stages, 1);
            for (int i = 0; i < 3; i++) {
                assertThat(failureOf(i)).isNull();
            }
        }

        assertThat(DuckDb.query(directory, "SELECT CAST(price AS VARCHAR) FROM customers ORDER BY id"))
                .containsExactly("1.5", "1.00000000000000000001", "2.5");
    }

    @Test
    void aCommitThatIsCancelledWhileItWaitsIsNotMade() throws IOException {
        try (SinkRun run = SinkRun.of(DuckDb.open(directory), STREAM)) {
            List<Stage> stages = stages(run, WriteMode.APPEND, 3);
            for (int i = 0; i < 3; i++) {
                write(stages.get(i), 0, "{\"id\":" + i + "}");
            }
            CountDownLatch free = new CountDownLatch(1);
            Database database = Database.acquire(DuckDb.file(directory));
            database.writer().later(free::await);
            for (Stage stage : stages) {
                subscriptions.add(stage.commit(run.commit(1, "c1")).subscribe());
            }
            subscriptions.get(1).dispose();
            free.countDown();
            database.writer().run(() -> {}).block(Duration.ofMinutes(1));
            database.release();
        }

        assertThat(ids()).containsExactly("0", "2");
    }
}
