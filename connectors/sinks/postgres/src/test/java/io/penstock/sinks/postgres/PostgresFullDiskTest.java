package io.penstock.sinks.postgres;

import static io.penstock.testkit.sink.SinkRun.await;
import static io.penstock.testkit.sink.SinkRun.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.error.PenstockException;
import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.Sink;
import io.penstock.sink.Stage;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tablespace that is really full: on a small file system of a child process, where the system lets anybody mount one. */
final class PostgresFullDiskTest {

    private static final StreamInfo STREAM = StreamInfo.of(StreamId.of("shop", "customers"));

    @TempDir
    Path directory;

    /** Commits a little, then more than fits; says what became of it. */
    public static void main(String[] arguments) throws IOException, SQLException {
        Path small = Files.createDirectory(Path.of(arguments[0]).resolve("tables"));
        try (EmbeddedPostgres server = TestServer.embedded().start()) {
            try (Connection connection = TestServer.connect(server.getPort());
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLESPACE small LOCATION '" + small + "'");
                statement.execute("ALTER DATABASE postgres SET default_tablespace = small");
            }
            try (SinkRun run = run(small, server);
                    Stage stage = run.stage("all", WriteMode.APPEND)) {
                write(stage, 0, "{\"id\":1,\"text\":\"first\"}");
                await(stage.commit(run.commit(1, "c1")));
                write(stage, 1, incompressible());
                await(stage.commit(run.commit(2, "c2")));
            } catch (PenstockException failure) {
                System.out.println(failure.getClass().getSimpleName() + ": " + failure.getMessage());
            }
            try (SinkRun again = run(small, server)) {
                System.out.println(
                        "version " + again.claim().of(again.slice("all")).version());
                System.out.println("rows " + await(again.sink().rows(STREAM.id())));
            }
        }
    }

    private static SinkRun run(Path directory, EmbeddedPostgres server) {
        Sink sink = Postgres.open(directory, Map.of("url", "postgres://localhost:" + server.getPort() + "/postgres"));
        return SinkRun.of(sink, STREAM);
    }

    /** Some twelve megabytes. */
    private static String[] incompressible() {
        Random random = new Random(7);
        return IntStream.range(0, 12_000)
                .mapToObj(i -> {
                    StringBuilder text = new StringBuilder();
                    random.ints(1_000, 'a', 'z').forEach(text::appendCodePoint);
                    return "{\"id\":" + i + ",\"text\":\"" + text + "\"}";
                })
                .toArray(String[]::new);
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
                "mount -t tmpfs -o size=8m none \"$0\" && exec \"$@\"",
                small.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PostgresFullDiskTest.class.getName(),
                small.toString()));

        assertThat(said)
                .contains("SinkFull: no room left on the disk of the server", "version 1", "rows 1")
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
