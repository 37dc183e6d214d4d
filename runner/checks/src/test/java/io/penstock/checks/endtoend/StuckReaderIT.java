package io.penstock.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.ModelApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever stops reading what a run tells, a stopped terminal or a full pipe, does not stop the run. Budget: 30 s. */
class StuckReaderIT {

    @TempDir
    private Path folder;

    @Test
    void aLogThatNobodyReadsHoldsUpNoData() throws IOException, InterruptedException {
        try (ModelApi api = ModelApi.builder().records(8_000).build().start()) {
            Scenario scenario = Scenario.of(api, folder, "jsonl", false);
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Dlogback.configurationFile=" + loud(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.penstock.cli.Main",
                            "run",
                            scenario.plan().toString())
                    .start();
            try {
                assertThat(process.waitFor(120, TimeUnit.SECONDS))
                        .as("it ended")
                        .isTrue();
                assertThat(process.exitValue()).isZero();
                scenario.requireTruth("a run whose stderr nobody read");
                assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                        .as("the pipe was full before the summary came")
                        .doesNotContain(" records in ");
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /** A configuration by which a short run logs more than a pipe holds. */
    private Path loud() throws IOException {
        return Files.writeString(folder.resolve("loud.xml"), """
                <configuration>
                  <statusListener class="ch.qos.logback.core.status.NopStatusListener"/>
                  <appender name="stderr" class="ch.qos.logback.core.ConsoleAppender">
                    <target>System.err</target>
                    <encoder class="io.penstock.cli.view.RedactingEncoder"><pattern>%d %logger %msg%n</pattern></encoder>
                  </appender>
                  <root level="TRACE"><appender-ref ref="stderr"/></root>
                </configuration>
                """, StandardCharsets.UTF_8);
    }
}
