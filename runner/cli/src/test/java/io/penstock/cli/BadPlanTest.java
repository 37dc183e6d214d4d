package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BadPlanTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Terminal terminal = new Terminal(Path.of(""));

    @BeforeEach
    void inAnEmptyFolder() {
        terminal = new Terminal(folder);
    }

    private Terminal.Result judged(String source, String sink) {
        terminal.write("plan.yaml", "connections:\n  shop:\n    source: " + source + "\n    sink: " + sink + "\n");
        return terminal.run("run", "plan.yaml");
    }

    @Test
    void namesAnUnknownSettingWithItsPlaceAndTheNearestName() {
        Terminal.Result result = judged(
                "{ connector: reference, base_url: 'http://127.0.0.1:1', page_sise: 10 }",
                "{ connector: jsonl, path: out }");

        assertThat(result.code()).isEqualTo(78);
        assertThat(result.err()).contains("ConfigError", "plan.yaml:3:", "page_sise", "page_size");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void namesAMissingSetting() {
        Terminal.Result result = judged("{ connector: reference }", "{ connector: jsonl, path: out }");

        assertThat(result.code()).isEqualTo(78);
        assertThat(result.err()).contains("plan.yaml:3:", "base_url", "missing");
    }

    @Test
    void saysWhatTypeWasExpectedAndWhatWasFound() {
        Terminal.Result result = judged(
                "{ connector: reference, base_url: 'http://127.0.0.1:1', page_size: many }",
                "{ connector: jsonl, path: out }");

        assertThat(result.code()).isEqualTo(78);
        assertThat(result.err()).contains("plan.yaml:3:", "page_size", "whole number", "many");
    }

    @Test
    void reportsAllProblemsAtOnce() {
        Terminal.Result result =
                judged("{ connector: reference, page_size: 0, colour: red }", "{ connector: duckdb, pth: a.duckdb }");

        assertThat(result.code()).isEqualTo(78);
        assertThat(result.err()).contains("problems", "base_url", "page_size", "colour", "plan.yaml:4:", "pth", "path");
    }

    @Test
    void namesTheInstalledConnectorsForOneThatDoesNotExist() {
        Terminal.Result result =
                judged("{ connector: referense, base_url: 'http://127.0.0.1:1' }", "{ connector: jsonl, path: out }");

        assertThat(result.code()).isEqualTo(78);
        assertThat(result.err()).contains("plan.yaml:3:", "referense", "reference");
    }

    @Test
    void refusesALiteralSecretWithoutShowingIt() {
        Terminal.Result result = judged(
                "{ connector: reference, base_url: 'http://127.0.0.1:1', token: my-very-own-token }",
                "{ connector: jsonl, path: out }");

        assertThat(result.code()).isEqualTo(78);
        assertThat(result.err()).contains("token", "${env:").doesNotContain("my-very-own-token");
    }

    @Test
    void namesTheVariableOfASecretThatIsNotSet() {
        terminal.reference("http://127.0.0.1:1").without("TOKEN");

        Terminal.Result result = terminal.run("run", "plan.yaml");

        assertThat(result.code()).isEqualTo(78);
        assertThat(result.err()).contains("TOKEN", "not set", "export TOKEN");
    }

    @Test
    void saysWherePlansAreLookedFor() {
        Terminal.Result result = terminal.run("run", "missing.yaml");

        assertThat(result.code()).isEqualTo(78);
        assertThat(result.err()).contains(folder.resolve("missing.yaml").toString(), "check the path");
    }

    @Test
    void refusesAPlanThatIsNoYaml() {
        terminal.write("plan.yaml", "connections: {\n  shop: [\n");

        Terminal.Result result = terminal.run("check", "plan.yaml");

        assertThat(result.code()).isEqualTo(78);
        assertThat(result.err()).containsPattern("plan\\.yaml:\\d+:\\d+ ");
    }

    @Test
    void refusesAnEmptyPlan() {
        terminal.write("plan.yaml", "");

        Terminal.Result result = terminal.run("streams", "plan.yaml");

        assertThat(result.code()).isEqualTo(78);
        assertThat(result.err()).contains("plan.yaml", "connections");
    }

    @Test
    void refusesAFolderAsAPlan() {
        Terminal.Result result = terminal.run("run", ".");

        assertThat(result.code()).isEqualTo(78);
        assertThat(result.err()).contains("ConfigError").doesNotContain("\tat ");
    }

    @Test
    void tellsProgramsTheSameInJson() {
        Terminal.Result result = terminal.run("run", "missing.yaml", "--json");

        assertThat(result.code()).isEqualTo(78);
        assertThat(result.out().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("{\"error\":{\"code\":\"ConfigError\",\"message\":\"")
                        .contains("\"details\":{", "\"time\":\"", "\"docs\":\""));
        assertThat(result.err()).isEmpty();
    }
}
