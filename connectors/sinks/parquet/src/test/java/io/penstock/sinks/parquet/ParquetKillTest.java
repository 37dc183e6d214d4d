package io.penstock.sinks.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.sink.KillContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Killed at every durable step of part files. */
final class ParquetKillTest implements ParquetHooks, KillContract {

    @Override
    public void requireClean(Path directory) {
        try (Stream<Path> files = Files.walk(directory.resolve(".penstock"))) {
            assertThat(files.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("lock", "manifest", "manifest.previous");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        assertThat(Parquet.parts(directory, stream().id())).hasSize(1);
    }

    @Override
    public List<String> killPoints() {
        return List.of(
                "parts.commit.begun#2",
                "parts.commit.staged#1",
                "parts.commit.staged#3",
                "parts.commit.decided#1",
                "parts.commit.decided#3",
                "parts.commit.decided#4",
                "parts.commit.placed#2",
                "files.state.written#4",
                "files.state.kept#4",
                "files.state.kept#7",
                "parts.publish.decided",
                "parts.publish.removed",
                "parts.publish.placed");
    }
}
