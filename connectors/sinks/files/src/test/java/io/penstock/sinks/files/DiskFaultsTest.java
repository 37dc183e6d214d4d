package io.penstock.sinks.files;

import static io.penstock.testkit.sink.SinkRun.await;
import static io.penstock.testkit.sink.SinkRun.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.SinkFailure.SinkFull;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.parts.Compression;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that is full or broken is told by its kind, and what was committed before stands. */
final class DiskFaultsTest {

    private static final StreamInfo CUSTOMERS = StreamInfo.of(StreamId.of("shop", "customers"));
    private static final String COMMITTED = "{\"id\":1}\n";

    @TempDir
    Path directory;

    private final FaultyDisk disk = new FaultyDisk();

    private SinkRun run() {
        return SinkRun.of(JsonlProvider.sink(directory, Compression.NONE, disk), CUSTOMERS);
    }

    private Path data() {
        return directory.resolve("customers.jsonl");
    }

    private void goesOnAfterwards() throws IOException {
        disk.room = Long.MAX_VALUE;
        disk.syncFails = null;
        disk.renameFails = null;
        try (SinkRun run = run()) {
            assertThat(run.claim().of(run.slice("all")).version()).isEqualTo(1);
            run.load("all", WriteMode.APPEND, 2, "c2", "{\"id\":2}");
        }
        assertThat(Files.readString(data())).isEqualTo(COMMITTED + "{\"id\":2}\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "File too large", "Disk quota exceeded"})
    void aFullDiskIsSinkFullWhicheverStepMeetsItAndFilesEndAtTheLastCommit(String words) throws IOException {
        disk.full = words;
        try (SinkRun run = run()) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
        }
        for (long room = 0; room < 2_000; room += room < 40 ? 13 : 600) {
            disk.room = Long.MAX_VALUE;
            try (SinkRun run = run();
                    Stage first = run.stage("all", WriteMode.APPEND);
                    Stage second = run.stage("other", WriteMode.APPEND)) {
                write(first, 0, "{\"id\":2}", "{\"long\":\"" + "x".repeat(4_000) + "\"}");
                write(second, 0, "{\"id\":3}");
                disk.room = room;
                assertThatThrownBy(() -> await(first.commit(run.commit(2, "c2"))))
                        .as("room for %d bytes", room)
                        .isInstanceOf(SinkFull.class)
                        .hasMessageContaining("free some space");
                disk.room = Long.MAX_VALUE;
                assertThatThrownBy(() -> await(second.commit(run.commit(1, "c2"))))
                        .isInstanceOf(SinkFull.class);
                assertThat(Files.readString(data())).isEqualTo(COMMITTED);
            }
        }
        goesOnAfterwards();
    }

    @Test
    void aSpoolThatTheDiskHasNoRoomForIsSinkFull() throws IOException {
        try (SinkRun run = run()) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
        }
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.APPEND);
                Stage apart = run.stage("other", WriteMode.APPEND)) {
            disk.room = 100;
            String line = "{\"long\":\"" + "x".repeat(300_000) + "\"}";
            assertThatThrownBy(() -> write(apart, 0, line)).isInstanceOf(SinkFull.class);
            assertThatThrownBy(() -> write(apart, 1, "{}")).isInstanceOf(SinkPermanent.class);
            disk.room = Long.MAX_VALUE;
            write(stage, 0, "{\"id\":7}");
        }
        assertThat(Files.readString(data())).isEqualTo(COMMITTED);
        goesOnAfterwards();
    }

    @ParameterizedTest
    @ValueSource(strings = {"customers.jsonl", "state.new"})
    void aFailedSyncIsSinkPermanentAndNeverTriedAgain(String file) throws IOException {
        try (SinkRun run = run()) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
        }
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.APPEND);
                Stage other = run.stage("other", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":9}");
            write(other, 0, "{\"id\":8}");
            disk.syncFails = file;
            assertThatThrownBy(() -> await(stage.commit(run.commit(2, "c2"))))
                    .isInstanceOf(SinkPermanent.class)
                    .hasMessageContaining("Input/output error");
            disk.syncFails = null;
            int before = disk.syncs.size();
            assertThatThrownBy(() -> await(stage.commit(run.commit(2, "c2")))).isInstanceOf(SinkPermanent.class);
            assertThatThrownBy(() -> await(other.commit(run.commit(1, "c1")))).isInstanceOf(SinkPermanent.class);
            assertThat(disk.syncs).hasSize(before);
        }
        assertThat(Files.readString(data())).isEqualTo(COMMITTED);
        goesOnAfterwards();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state.previous", "state"})
    void aFailedRenameIsSinkPermanentAndAcknowledgesNothing(String target) throws IOException {
        try (SinkRun run = run()) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
        }
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":9}");
            disk.renameFails = target;
            assertThatThrownBy(() -> await(stage.commit(run.commit(2, "c2")))).isInstanceOf(SinkPermanent.class);
            int before = disk.renames.size();
            assertThatThrownBy(() -> await(stage.commit(run.commit(2, "c2")))).isInstanceOf(SinkPermanent.class);
            assertThat(disk.renames).hasSize(before);
        }
        goesOnAfterwards();
    }

    @Test
    void aSwapThatFailsLeavesTheOldRowsAndIsDoneByTheNextRun() throws IOException {
        try (SinkRun run = run()) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
        }
        try (SinkRun run = run()) {
            run.load("all", WriteMode.REPLACE, 2, "c2", "{\"id\":5}");
            disk.renameFails = "customers.jsonl";
            assertThatThrownBy(() -> await(run.sink().publish(CUSTOMERS.id(), WriteMode.REPLACE)))
                    .isInstanceOf(SinkPermanent.class);
            assertThat(Files.readString(data())).isEqualTo(COMMITTED);
        }
        disk.renameFails = null;
        run().close();
        assertThat(Files.readString(data())).isEqualTo("{\"id\":5}\n");
    }

    @Test
    void fewLinesOfManySlicesNeedNoFileOfTheirOwn() {
        try (SinkRun run = run()) {
            try (Stage a = run.stage("a", WriteMode.APPEND);
                    Stage b = run.stage("b", WriteMode.APPEND);
                    Stage c = run.stage("c", WriteMode.APPEND)) {
                long before = disk.made.get();
                String page = String.join(",", Collections.nCopies(10_000, "1234567"));
                for (Stage stage : new Stage[] {a, b, c}) {
                    write(stage, 0, "{\"small\":1}");
                    write(stage, 1, "{\"large\":[" + page + "]}"); // 80 kB: more than the first buffer
                    write(stage, 2, "{\"lost\":1}");
                    await(stage.discard(2, 1));
                }
                assertThat(disk.made).hasValue(before);
                await(a.commit(run.commit(1, "a")));
                await(b.commit(run.commit(1, "b")));
                write(c, 3, "{\"larger\":[" + page + "," + page + "," + page + "]}");
                write(c, 4, "{\"last\":1}");
                await(c.commit(run.commit(1, "c")));
            }
        }
        assertThat(Jsonl.committed(directory, CUSTOMERS.id()))
                .extracting(line -> line.substring(2, 7))
                .containsExactly("small", "large", "small", "large", "small", "large", "large", "last\"");
    }
}
