package io.penstock.sinks.files;

import static io.penstock.testkit.sink.SinkRun.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.record.StreamId;
import io.penstock.record.StreamInfo;
import io.penstock.sink.WriteMode;
import io.penstock.testkit.sink.SinkRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that dies at a durable step leaves all or nothing of it. */
final class JsonlKillTest {

    private static final StreamInfo STREAM = StreamInfo.of(StreamId.of("shop", "customers"));

    @TempDir
    Path directory;

    /** The run that dies: three commits, then a replacement. It goes on from where the sink says it stands. */
    public static void main(String[] arguments) {
        sync(Path.of(arguments[0]));
    }

    private static void sync(Path directory) {
        try (SinkRun run = SinkRun.of(Jsonl.open(directory), STREAM)) {
            long version = run.claim().of(run.slice("all")).version();
            for (long v = version + 1; v <= 3; v++) {
                run.load("all", WriteMode.APPEND, v, "c" + v, "{\"id\":" + v + "}");
            }
            if (version <= 3) {
                run.load("all", WriteMode.REPLACE, 4, "c4", "{\"id\":41}", "{\"id\":42}");
                await(run.sink().publish(STREAM.id(), WriteMode.REPLACE));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "files.commit.begun#2",
                "files.commit.synced#1",
                "files.commit.synced#3",
                "files.state.written#1",
                "files.state.written#4",
                "files.state.kept#2",
                "files.state.kept#5",
                "files.commit.saved#2",
                "files.publish.decided",
                "files.publish.renamed"
            })
    void theNextRunGoesOnExactlyWhereTheKilledOneStood(String point) throws IOException, InterruptedException {
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dpenstock.kill=" + point,
                        "-cp",
                        System.getProperty("java.class.path"),
                        JsonlKillTest.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(killed.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(killed.exitValue()).as("the point must be reached").isEqualTo(137);

        try (SinkRun run = SinkRun.of(Jsonl.open(directory), STREAM)) {
            long version = run.claim().of(run.slice("all")).version();
            List<String> expected = version == 4
                    ? List.of("{\"id\":41}", "{\"id\":42}")
                    : List.of("{\"id\":1}", "{\"id\":2}", "{\"id\":3}").subList(0, (int) version);
            assertThat(Jsonl.committed(directory, STREAM.id())).containsExactlyElementsOf(expected);
        }
        sync(directory);
        assertThat(directory.resolve("customers.jsonl")).hasContent("{\"id\":41}\n{\"id\":42}");
    }
}
