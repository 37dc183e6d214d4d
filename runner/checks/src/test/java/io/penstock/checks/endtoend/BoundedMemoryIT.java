package io.penstock.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.checks.bench.PageServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.DisposableServer;

/** What an API sends does not decide how much memory is needed. */
class BoundedMemoryIT {

    private static final int RECORDS = 272_000;
    private static final int MEGABYTES = 120;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0} at a time")
    @ValueSource(ints = {1, 8})
    void documentsMuchLargerThanTheHeapAreReadToTheirEnd(int slices) throws IOException {
        DisposableServer server = PageServer.start();
        Path plan = Files.writeString(
                folder.resolve("plan.yaml"), """
                connections:
                  large:
                    source:
                      connector: rest
                      base_url: http://127.0.0.1:%d
                      streams:
                        records:
                          path: /document
                          params: { records: "%d", part: "{slice}" }
                          records: /items
                          paging: none
                          slices: %s
                    limits: { concurrency: 8 }
                    sink: { connector: jsonl, path: out }
                """.formatted(server.port(), RECORDS / slices, slices(slices)));
        try (Child child = Child.start(
                folder,
                List.of("-Xmx64m", "-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError"),
                "io.penstock.cli.Main",
                "run",
                plan.toString())) {
            assertThat(child.exit()).as("exit code; it said:\n%s", child.said()).isZero();
        } finally {
            server.disposeNow();
        }
        Path lines = folder.resolve("out/records.jsonl");
        assertThat(Files.size(lines)).as("bytes").isGreaterThan(MEGABYTES * 1_000_000L);
        try (Stream<String> all = Files.lines(lines)) {
            assertThat(all.filter(line -> line.startsWith("{\"id\":") && line.endsWith("}"))
                            .count())
                    .isEqualTo(RECORDS);
        }
    }

    private static List<Integer> slices(int count) {
        return Stream.iterate(0, i -> i + 1).limit(count).toList();
    }
}
