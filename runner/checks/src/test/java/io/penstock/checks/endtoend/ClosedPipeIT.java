package io.penstock.checks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.ModelApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever reads only the first line, or nothing at all, is not told off for it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "pipes of a POSIX shell")
class ClosedPipeIT {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"| head -n 1", ">&-"})
    void endsQuietly(String reader) throws IOException {
        try (ModelApi api = ModelApi.builder().records(8_000).build().start()) {
            Scenario scenario = Scenario.of(api, folder, "jsonl", false);
            Process process = new ProcessBuilder(
                            "sh",
                            "-c",
                            "{ \"$@\"; echo \"exit $?\" >&2; } " + reader,
                            "sh",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "io.penstock.cli.Main",
                            "preview",
                            scenario.plan().toString(),
                            "customers",
                            "--records",
                            "8000")
                    .start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(out.lines()).as(err).hasSize(reader.startsWith("|") ? 1 : 0);
            assertThat(err).contains("exit 0\n").doesNotContain("Exception", "Broken pipe", "Bug", "\tat ");
        }
    }
}
