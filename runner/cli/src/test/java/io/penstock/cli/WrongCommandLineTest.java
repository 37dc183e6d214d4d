package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rnu plan.yaml | there is no command rnu: did you mean run? | penstock --help",
                "chekc plan.yaml | there is no command chekc: did you mean check? | penstock --help",
                "run | penstock run expects PLAN.yaml, but PLAN.yaml is missing | penstock run --help",
                "preview plan.yaml | penstock preview expects PLAN.yaml STREAM, but STREAM is missing | penstock preview --help",
                "run a.yaml b.yaml | penstock run expects PLAN.yaml, found one too many: 'b.yaml' | penstock run --help",
                "demo now | penstock demo expects no words, found one too many: 'now' | penstock demo --help",
                "run a.yaml --ful-refresh | penstock run has no option --ful-refresh: did you mean --full-refresh? | penstock run --help",
                "run a.yaml --strem=x | penstock run has no option --strem: did you mean --stream? | penstock run --help",
                "demo --records many | expected a whole number as --records, found 'many' | penstock demo --help",
                "demo --records | expected a value for --records, found none | penstock demo --help",
                "run a.yaml --profile x --profile y | expected --profile once, found it twice: keep one of them | penstock run --help",
                "demo --records -1 | --records must be 0 to 100000000, but was -1 | penstock demo --help",
                "demo --sink kafka | --sink must be one of duckdb, jsonl, parquet, but was kafka | penstock demo --help"
            })
    void isToldToPeopleAndToProgramsInTheSameWords(String words, String problem, String help) throws Exception {
        Terminal.Result told = run(words);
        Terminal.Result json = run(words + " --json");

        assertThat(told.code()).isEqualTo(64);
        assertThat(told.err().lines()).containsExactly("penstock: " + problem, "Try: " + help);
        assertThat(json.code()).isEqualTo(64);
        assertThat(json.err()).isEmpty();
        assertThat(json.out().lines()).hasSize(1);
        JsonNode error = new ObjectMapper().readTree(json.out()).path("error");
        assertThat(error.fieldNames()).toIterable().containsExactly("code", "message", "details", "time", "docs");
        assertThat(error.path("code").asText()).isEqualTo("WrongCommandLine");
        assertThat(error.path("message").asText()).isEqualTo(problem);
        assertThat(error.path("details").path("help").asText()).isEqualTo(help);
        assertThat(error.path("docs").asText()).isEqualTo("core/README.md#wrongcommandline");
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
