package io.penstock.sinks.duckdb;

import static io.penstock.testkit.sink.SinkRun.await;
import static io.penstock.testkit.sink.SinkRun.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.error.PenstockException;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a small file system of a child process, where the system lets anybody mount one. */
final class DuckDbFullDiskTest {

    private static final StreamInfo STREAM = StreamInfo.of(StreamId.of("shop", "customers"));

    @TempDir
    Path directory;

    /** Commits a little, then more than fits beside its own spool; says what became of it. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        try (SinkRun run = SinkRun.of(DuckDb.open(directory), STREAM)) {
            run.load("all", WriteMode.APPEND, 1, "c1", "{\"id\":1,\"text\":\"first\"}");
            try (Stage stage = run.stage("all", WriteMode.APPEND)) {
                write(stage, 0, incompressible());
                System.out.println("spooled");
                await(stage.commit(run.commit(2, "c2")));
            } catch (PenstockException failure) {
                System.out.println(failure.getClass().getSimpleName() + ": " + failure.getMessage());
            }
        }
        try (SinkRun again = SinkRun.of(DuckDb.open(directory), STREAM)) {
            System.out.println("version " + again.claim().of(again.slice("all")).version());
        }
        System.out.println("rows " + DuckDb.rows(directory, STREAM.id()).size());
    }

    /** Some six megabytes. */
    private static String[] incompressible() {
        Random random = new Random(7);
        return IntStream.range(0, 6_000)
                .mapToObj(i -> "{\"id\":" + i + ",\"text\":\"" + text(random) + "\"}")
                .toArray(String[]::new);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        random.ints(1_000, '0', '{').filter(Character::isLetterOrDigit).forEach(text::appendCodePoint);
        return text.toString();
    }

    @Test
    void aFullDiskIsNamedAndWhatWasCommittedStands() throws IOException, InterruptedException {
        Path small = Files.createDirectory(directory.resolve("small"));
        assumeTrue(
                run(List.of("unshare", "-rm", "mount", "-t", "tmpfs", "none", small.toString()))
                        .isEmpty(),
                "nobody but root may mount a file system here: the full disk is not tried");

        String said = run(List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=9m none \"$0\" && exec \"$@\"",
                small.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DuckDbFullDiskTest.class.getName(),
                small.toString()));

        assertThat(said)
                .contains("spooled", "SinkFull: no room left on the disk of", "version 1", "rows 1")
                .contains("what was committed before stands: free some space and run again");
    }

    /** What the command says; "cannot start" if there is none. */
    private String run(List<String> command) throws InterruptedException, IOException {
        Path said = Files.createTempFile(directory, "said", ".txt");
        try {
            Process child = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (IOException missing) {
            return "cannot start";
        }
        return Files.readString(said, StandardCharsets.UTF_8);
    }
}
