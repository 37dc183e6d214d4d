package io.penstock.sinks.files;

import static io.penstock.testkit.sink.SinkRun.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.SinkFailure.SinkFull;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.StateFailure.SinkRegressed;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.parts.Compression;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts that others have touched, and disks that fail. */
final class PartsRecoveryTest {

    private static final StreamInfo CUSTOMERS = StreamInfo.of(StreamId.of("shop", "customers"));
    private static final String FIRST = "customers/part-000001-000001.jsonl";
    private static final String SECOND = "customers/part-000001-000002.jsonl";

    @TempDir
    Path directory;

    private final FaultyDisk disk = new FaultyDisk();

    private SinkRun run() {
        return SinkRun.of(Parts.open(new LineFormat(Compression.NONE), directory, Map.of(), disk), CUSTOMERS);
    }

    private Path own(String name) {
        return directory.resolve(".penstock").resolve(name);
    }

    private void commitTwice() {
        try (SinkRun run = run()) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            run.load("all", WriteMode.APPEND, 2, "c2", "{\"id\":2}");
        }
        assertThat(Parts.names(directory)).containsExactly(FIRST, SECOND);
    }

    private List<String> lines() {
        return Parts.lines(directory, CUSTOMERS.id());
    }

    private void goesOnAt(long version) {
        disk.room = Long.MAX_VALUE;
        disk.syncFails = null;
        disk.renameFails = null;
        try (SinkRun run = run()) {
            assertThat(run.claim().of(run.slice("all")).version()).isEqualTo(version);
            for (long next = version + 1; next <= 3; next++) {
                run.load("all", WriteMode.APPEND, next, "c" + next, "{\"id\":" + next + "}");
            }
        }
        assertThat(lines()).containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    }

    @Test
    void partsThatTheManifestDoesNotNameAreSweptAndOtherFilesStay() throws IOException {
        commitTwice();
        Files.writeString(directory.resolve("customers/part-000009-000001.jsonl"), "{\"id\":9}\n");
        Files.writeString(directory.resolve("customers/notes.txt"), "mine");
        Files.writeString(own("staged/part-000001-000003.jsonl"), "{\"id\":8}\n");
        run().close();
        assertThat(Parts.names(directory)).containsExactly("customers/notes.txt", FIRST, SECOND);
        assertThat(own("staged")).isEmptyDirectory();
    }

    @Test
    void aMissingCutOrReplacedPartIsSinkRegressedAndAllStaysAsItIs() throws IOException {
        commitTwice();
        Path part = directory.resolve(FIRST);
        Path orphan = Files.writeString(directory.resolve("customers/part-000009-000001.jsonl"), "{}\n");
        byte[] whole = Files.readAllBytes(part);
        Files.delete(part);
        assertThatThrownBy(this::run).isInstanceOf(SinkRegressed.class).hasMessageContaining("no file");
        Files.writeString(part, "{\"id\":");
        assertThatThrownBy(this::run).isInstanceOf(SinkRegressed.class).hasMessageContaining("6 bytes");
        Files.writeString(part, "{\"id\":7}\n");
        assertThatThrownBy(this::run).isInstanceOf(SinkRegressed.class).hasMessageContaining("other bytes");
        Files.write(part, whole);
        Files.writeString(part, " ", StandardOpenOption.APPEND);
        assertThatThrownBy(this::run).isInstanceOf(SinkRegressed.class).hasMessageContaining("10 bytes");
        assertThat(orphan).exists();
        Files.write(part, whole);
        goesOnAt(2);
    }

    @Test
    void aSymbolicLinkIsNotFollowed() throws IOException {
        commitTwice();
        Path target = Files.move(directory.resolve(FIRST), directory.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve(FIRST), target);
        assertThatThrownBy(this::run).isInstanceOf(ConfigError.class).hasMessageContaining("symbolic link");
    }

    @Test
    void theRunAfterALostManifestReadsTheLastCommitAgain() throws IOException {
        commitTwice();
        Files.write(own("manifest"), new byte[0]);
        goesOnAt(1);
    }

    @Test
    void twoBrokenGenerationsAreStateCorruptAndStayAsTheyAre() throws IOException {
        commitTwice();
        Files.write(own("manifest"), new byte[] {1});
        Files.write(own("manifest.previous"), new byte[] {2});
        assertThatThrownBy(this::run).isInstanceOf(StateCorrupt.class);
        assertThat(Files.readAllBytes(own("manifest"))).containsExactly(1);
        assertThat(Parts.names(directory)).containsExactly(FIRST, SECOND);
    }

    @Test
    void aDirectoryOfAnotherKindIsAConfigError() {
        commitTwice();
        assertThatThrownBy(() ->
                        SinkRun.of(Parts.open(new LineFormat(Compression.GZIP), directory, Map.of(), disk), CUSTOMERS))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining(".jsonl.gz");
        assertThatThrownBy(() -> SinkRun.of(Jsonl.open(directory), CUSTOMERS)).isInstanceOf(ConfigError.class);
        goesOnAt(2);
    }

    @Test
    void aDirectoryOfGrowingFilesIsAConfigError() {
        try (SinkRun run = SinkRun.of(Jsonl.open(directory), CUSTOMERS)) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
        }
        assertThatThrownBy(this::run).isInstanceOf(ConfigError.class).hasMessageContaining("growing");
    }

    @Test
    void aFolderThatIsNotOursIsAConfigErrorAndStaysAsItIs() throws IOException {
        Path mine = Files.writeString(
                Files.createDirectory(directory.resolve("customers")).resolve("part-000001-000001.jsonl"), "mine");
        try (SinkRun run = run()) {
            assertThatThrownBy(() -> run.stage("all", WriteMode.APPEND))
                    .isInstanceOf(ConfigError.class)
                    .hasMessageContaining("not ours");
        }
        run().close();
        assertThat(mine).hasContent("mine");
    }

    @Test
    void aRemovedLockEndsTheRunBeforeItWrites() throws IOException {
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            SinkRun.write(stage, 0, "{\"id\":1}");
            Files.delete(own("lock"));
            assertThatThrownBy(() -> await(stage.commit(run.commit(1, "c1")))).isInstanceOf(StateConflict.class);
        }
        assertThat(lines()).isEmpty();
    }

    @Test
    void aFullDiskIsSinkFullWhicheverStepMeetsIt() {
        commitTwice();
        for (long room = 0; room < 1_500; room += room < 40 ? 9 : 300) {
            disk.room = Long.MAX_VALUE;
            try (SinkRun run = run();
                    Stage stage = run.stage("all", WriteMode.APPEND)) {
                SinkRun.write(stage, 0, "{\"id\":3}", "{\"long\":\"" + "x".repeat(900) + "\"}");
                disk.room = room;
                assertThatThrownBy(() -> await(stage.commit(run.commit(3, "c3"))))
                        .as("room for %d bytes", room)
                        .isInstanceOf(SinkFull.class);
                disk.room = Long.MAX_VALUE;
                assertThatThrownBy(() -> await(stage.commit(run.commit(3, "c3"))))
                        .isInstanceOf(SinkFull.class);
                assertThat(lines()).containsExactly("{\"id\":1}", "{\"id\":2}");
            }
        }
        goesOnAt(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"part-000002-000001.jsonl", "manifest.new"})
    void aFailedSyncIsSinkPermanentAndNeverTriedAgain(String file) {
        commitTwice();
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            SinkRun.write(stage, 0, "{\"id\":3}");
            disk.syncFails = file;
            assertThatThrownBy(() -> await(stage.commit(run.commit(3, "c3")))).isInstanceOf(SinkPermanent.class);
            disk.syncFails = null;
            int before = disk.syncs.size();
            assertThatThrownBy(() -> await(stage.commit(run.commit(3, "c3")))).isInstanceOf(SinkPermanent.class);
            assertThat(disk.syncs).hasSize(before);
        }
        assertThat(lines()).containsExactly("{\"id\":1}", "{\"id\":2}");
        goesOnAt(2);
    }

    @Test
    void aPartThatCouldNotBeMovedAfterItsCommitIsMovedByTheNextRun() {
        commitTwice();
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            SinkRun.write(stage, 0, "{\"id\":3}");
            disk.renameFails = "part-000002-000001.jsonl";
            assertThatThrownBy(() -> await(stage.commit(run.commit(3, "c3")))).isInstanceOf(SinkPermanent.class);
        }
        assertThat(lines()).containsExactly("{\"id\":1}", "{\"id\":2}");
        goesOnAt(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.previous", "manifest"})
    void aManifestThatCouldNotTakeItsNameAcknowledgesNothing(String target) {
        commitTwice();
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            SinkRun.write(stage, 0, "{\"id\":3}");
            disk.renameFails = target;
            assertThatThrownBy(() -> await(stage.commit(run.commit(3, "c3")))).isInstanceOf(SinkPermanent.class);
        }
        assertThat(lines()).containsExactly("{\"id\":1}", "{\"id\":2}");
        goesOnAt(2);
    }

    @Test
    void aSwapThatFailsIsDoneByTheNextRun() {
        commitTwice();
        try (SinkRun run = run()) {
            run.load("all", WriteMode.REPLACE, 3, "c3", "{\"id\":7}");
            assertThat(lines()).containsExactly("{\"id\":1}", "{\"id\":2}");
            disk.renameFails = "part-000002-000001.jsonl";
            assertThatThrownBy(() -> await(run.sink().publish(CUSTOMERS.id(), WriteMode.REPLACE)))
                    .isInstanceOf(SinkPermanent.class);
        }
        disk.renameFails = null;
        run().close();
        assertThat(lines()).containsExactly("{\"id\":7}");
    }

    @Test
    void allFilesAreTheOwnersOnly() throws IOException {
        commitTwice();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(path -> !path.equals(directory)).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void compressionOfAGrowingFileCannotChange() {
        try (SinkRun run = SinkRun.of(Jsonl.open(directory), CUSTOMERS)) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
        }
        try (SinkRun run =
                SinkRun.of(Parts.open(new JsonlProvider(), directory, Map.of("compression", "gzip")), CUSTOMERS)) {
            assertThatThrownBy(() -> run.stage("all", WriteMode.APPEND))
                    .isInstanceOf(ConfigError.class)
                    .hasMessageContaining("set compression as it was");
        }
    }
}
