package io.penstock.sinks.files;

import static io.penstock.testkit.sink.SinkRun.await;
import static io.penstock.testkit.sink.SinkRun.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.error.BadConfig.ConfigError;
import io.penstock.error.SinkFailure.SinkPermanent;
import io.penstock.error.StateFailure.SinkRegressed;
import io.penstock.error.StateFailure.StateConflict;
import io.penstock.error.StateFailure.StateCorrupt;
import io.penstock.parts.directory.Disk;
import io.penstock.parts.directory.FileNames;
import io.penstock.parts.directory.StateFile;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonlRecoveryTest {

    private static final StreamInfo CUSTOMERS = StreamInfo.of(StreamId.of("shop", "customers"));

    @TempDir
    Path directory;

    private SinkRun run() {
        return SinkRun.of(Jsonl.open(directory), CUSTOMERS);
    }

    private Path data() {
        return directory.resolve("customers.jsonl");
    }

    private Path own(String name) {
        return directory.resolve(".penstock").resolve(name);
    }

    private void commitTwice() {
        try (SinkRun run = run()) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            run.load("all", WriteMode.APPEND, 2, "c2", "{\"id\":2}");
        }
    }

    @Test
    void linesBehindTheCommittedLengthAreCutOff() throws IOException {
        commitTwice();
        Files.writeString(data(), "{\"id\":3}\n{\"id\"", StandardOpenOption.APPEND);
        run().close();
        assertThat(Files.readString(data())).isEqualTo("{\"id\":1}\n{\"id\":2}\n");
    }

    @Test
    void aShorterFileIsSinkRegressedAndStaysAsItIs() throws IOException {
        commitTwice();
        Files.writeString(data(), "{\"id\":1}\n");
        assertThatThrownBy(this::run).isInstanceOf(SinkRegressed.class).hasMessageContaining("18 committed bytes");
        assertThat(Files.readString(data())).isEqualTo("{\"id\":1}\n");
    }

    @Test
    void aMissingFileIsSinkRegressed() throws IOException {
        commitTwice();
        Files.delete(data());
        assertThatThrownBy(this::run).isInstanceOf(SinkRegressed.class);
    }

    @Test
    void anotherFileOfTheSameLengthIsSinkRegressedAndStaysAsItIs() throws IOException {
        commitTwice();
        Files.writeString(data(), "{\"id\":7}\n{\"id\":8}\n and more");
        assertThatThrownBy(this::run).isInstanceOf(SinkRegressed.class);
        assertThat(Files.readString(data())).endsWith(" and more");
    }

    @Test
    void everyPrefixOfTheStateFallsBackToThePreviousGeneration() throws IOException {
        commitTwice();
        StateFile<DirectoryState> states = OutputDirectory.stateFile(own("x").getParent(), Disk.REAL);
        byte[] newest = Files.readAllBytes(own("state"));
        DirectoryState before = states.load().orElseThrow();
        Files.delete(own("state"));
        DirectoryState previous = states.load().orElseThrow();
        assertThat(previous).isNotEqualTo(before);
        for (int length = 0; length < newest.length; length++) {
            Files.write(own("state"), Arrays.copyOf(newest, length));
            assertThat(states.load()).as("prefix of %d bytes", length).contains(previous);
        }
    }

    @Test
    void everyFlippedBitFallsBackToThePreviousGeneration() throws IOException {
        commitTwice();
        StateFile<DirectoryState> states = OutputDirectory.stateFile(own("x").getParent(), Disk.REAL);
        byte[] newest = Files.readAllBytes(own("state"));
        Files.delete(own("state"));
        DirectoryState previous = states.load().orElseThrow();
        for (int bit = 0; bit < newest.length * 8; bit++) {
            byte[] flipped = newest.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(own("state"), flipped);
            assertThat(states.load()).as("bit %d", bit).contains(previous);
        }
    }

    @Test
    void theRunAfterALostStateReadsTheLastCommitAgain() throws IOException {
        commitTwice(); // each stage of a known stream saves once: the previous generation is commit 1
        Files.write(own("state"), new byte[0]);
        try (SinkRun run = run()) {
            assertThat(run.claim().of(run.slice("all")).version()).isEqualTo(1);
            assertThat(Jsonl.committed(directory, CUSTOMERS.id())).containsExactly("{\"id\":1}");
            run.load("all", WriteMode.APPEND, 2, "c2", "{\"id\":2}");
        }
        assertThat(Files.readString(data())).isEqualTo("{\"id\":1}\n{\"id\":2}\n");
    }

    @Test
    void twoBrokenGenerationsAreStateCorruptAndStayAsTheyAre() throws IOException {
        commitTwice();
        Files.write(own("state"), new byte[] {1});
        Files.write(own("state.previous"), new byte[] {2});
        assertThatThrownBy(this::run).isInstanceOf(StateCorrupt.class);
        assertThat(Files.readAllBytes(own("state"))).containsExactly(1);
        assertThat(Files.readAllBytes(own("state.previous"))).containsExactly(2);
        assertThat(data()).hasContent("{\"id\":1}\n{\"id\":2}\n");
    }

    @Test
    void aNewerFormatIsStateCorruptAndStaysAsItIs() throws IOException {
        commitTwice();
        byte[] newer =
                StateFile.encode("penstock-state", StateFile.FORMAT + 1, "{}".getBytes(StandardCharsets.US_ASCII));
        Files.write(own("state"), newer);
        assertThatThrownBy(this::run).isInstanceOf(StateCorrupt.class).hasMessageContaining("format 2");
        assertThat(Files.readAllBytes(own("state"))).isEqualTo(newer);
    }

    @Test
    void aFileThatIsNotOursIsAConfigErrorAndStaysAsItIs() throws IOException {
        Files.writeString(data(), "mine");
        try (SinkRun run = run()) {
            assertThatThrownBy(() -> run.stage("all", WriteMode.APPEND))
                    .isInstanceOf(ConfigError.class)
                    .hasMessageContaining("not ours")
                    .hasMessageContaining("choose another path or move it");
        }
        assertThat(data()).hasContent("mine");
    }

    @Test
    void aSymbolicLinkIsNotFollowed() throws IOException {
        Path target = Files.writeString(directory.resolve("elsewhere"), "mine");
        commitTwice();
        Files.delete(data());
        Files.createSymbolicLink(data(), target);
        assertThatThrownBy(this::run).isInstanceOf(ConfigError.class).hasMessageContaining("symbolic link");
        assertThat(target).hasContent("mine");
    }

    @Test
    void aDirectoryThatIsAFileIsAConfigError() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "mine");
        assertThatThrownBy(() -> SinkRun.of(Jsonl.open(file), CUSTOMERS)).isInstanceOf(ConfigError.class);
    }

    @Test
    void streamNamesStayInsideTheDirectory() throws IOException {
        StreamInfo hostile = StreamInfo.of(StreamId.of("shop", "../../etc/passwd"));
        try (SinkRun run = SinkRun.of(Jsonl.open(directory), hostile)) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
        }
        assertThat(directory.resolve("_._.._etc_passwd.jsonl")).hasContent("{\"id\":1}");
        assertThat(FileNames.of("x".repeat(512), ".jsonl")).hasSizeLessThanOrEqualTo(120);
        assertThat(FileNames.of("日本", ".jsonl")).isEqualTo("__.jsonl");
    }

    @Test
    void streamsWithTheSameFileAreAConfigError() {
        try (SinkRun run = run()) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            StreamInfo other = StreamInfo.of(StreamId.of("shop", "CUSTOMERS"));
            assertThatThrownBy(() -> await(run.sink().open(other, other.id().slice("all"), WriteMode.APPEND)))
                    .isInstanceOf(ConfigError.class);
        }
    }

    @Test
    void aRemovedLockEndsTheRunBeforeItWrites() throws IOException {
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":1}");
            Files.delete(own("lock"));
            assertThatThrownBy(() -> await(stage.commit(run.commit(1, "c1")))).isInstanceOf(StateConflict.class);
        }
        assertThat(Jsonl.committed(directory, CUSTOMERS.id())).isEmpty();
    }

    @Test
    void afterAFailedSaveNothingMoreIsCommittedUntilTheNextRun() throws IOException {
        try (SinkRun run = run();
                Stage stage = run.stage("all", WriteMode.APPEND)) {
            write(stage, 0, "{\"id\":1}");
            Path inTheWay = Files.createDirectories(own("state.new").resolve("x"));
            assertThatThrownBy(() -> await(stage.commit(run.commit(1, "c1")))).isInstanceOf(SinkPermanent.class);
            Files.delete(inTheWay);
            Files.delete(own("state.new"));
            assertThatThrownBy(() -> await(stage.commit(run.commit(1, "c1")))).isInstanceOf(SinkPermanent.class);
        }
        try (SinkRun run = run()) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
        }
        assertThat(data()).hasContent("{\"id\":1}");
    }

    @Test
    void allFilesAreTheOwnersOnly() throws IOException {
        commitTwice();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(path -> !path.equals(directory)).toList()) {
                String expected = Files.isDirectory(file) ? "rwx------" : "rw-------";
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void nothingButDataAndStateIsLeftBehind() throws IOException {
        commitTwice();
        try (Stream<Path> files = Files.list(own("spool"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void theLookCommandNamesAFile() {
        try (SinkRun run = run()) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1}");
            assertThat(run.sink().lookCommand()).startsWith("head ").endsWith("customers.jsonl");
        }
    }
}
