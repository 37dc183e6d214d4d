package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WrongCommandLineTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Terminal.Result run(String words) {
        return new Terminal(folder).run(words.isEmpty() ? new String[0] : words.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rnu plan.yaml",
                "run",
                "preview plan.yaml",
                "run plan.yaml another.yaml",
                "run plan.yaml --quick",
                "demo --records many",
                "demo --records -1",
                "demo --sink kafka",
                "demo-api --port 70000",
                "demo-api --limit fast",
                "demo-api --latency soon",
                "demo-api --revision 0",
                "preview plan.yaml orders --records 0",
                "query only.duckdb"
            })
    void isSaidInOneLineAndEndsWith64(String words) {
        Terminal.Result result = run(words);

        assertThat(result.code()).isEqualTo(64);
        assertThat(result.err()).startsWith("penstock: ").contains("--help").doesNotContain("\tat ");
        assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(3);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void leavesNothingBehind() {
        run("demo --records -1");

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void namesEveryVerbWhenNoneIsGiven() {
        Terminal.Result result = run("");

        assertThat(result.code()).isEqualTo(64);
        assertThat(result.err())
                .contains("demo", "demo-api", "run", "check", "streams", "preview", "connectors", "query")
                .doesNotContain("warm-up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "run --help", "demo --help", "check -h", "preview --help", "connectors --help"})
    void helpIsForStdoutAndNoWiderThanATerminal(String words) {
        Terminal.Result result = run(words);

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("Usage: penstock");
        assertThat(result.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "--debug --version"})
    void tellsTheVersion(String words) {
        Terminal.Result result = run(words);

        assertThat(result.code()).isZero();
        assertThat(result.out()).matches("penstock \\d+\\.\\d+\\.\\d+\\S*\\RJava \\d+\\S*\\R");
    }
}
