package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.model.ModelApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BadDestinationIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Terminal.Result run(String sink) {
        Terminal terminal = new Terminal(folder);
        try (ModelApi api = ModelApi.builder().records(20).build().start()) {
            terminal.write("plan.yaml", """
                    connections:
                      shop:
                        source: { connector: reference, base_url: "%s", token: "${env:TOKEN}" }
                        streams: [customers]
                        sink: %s
                    """.formatted(api.baseUrl(), sink));
            return terminal.run("run", "plan.yaml");
        }
    }

    @Test
    void aTextFileIsNotOverwrittenAsADatabase() throws IOException {
        Path precious = Files.writeString(folder.resolve("notes.duckdb"), "my notes\n".repeat(2000));

        Terminal.Result result = run("{ connector: duckdb, path: notes.duckdb }");

        assertThat(result.code()).as(result.err()).isEqualTo(78);
        assertThat(result.err())
                .contains("ConfigError: expected a DuckDB file at", "notes.duckdb, found", "choose another path")
                .doesNotContain("Bug")
                .doesNotContain("\tat ");
        assertThat(precious).hasContent("my notes\n".repeat(2000));
    }

    @Test
    void aFileOfJsonLinesThatIsNotOursIsLeftAlone() throws IOException {
        Files.createDirectories(folder.resolve("out"));
        Path precious = Files.writeString(folder.resolve("out/customers.jsonl"), "{\"mine\": true}\n");

        Terminal.Result result = run("{ connector: jsonl, path: out }");

        assertThat(result.code()).as(result.err()).isEqualTo(78);
        assertThat(result.err())
                .contains("ConfigError: expected no file at", "customers.jsonl, found", "choose another path");
        assertThat(precious).hasContent("{\"mine\": true}\n");
    }

    @Test
    void aFileWhereAFolderIsDueIsNamed() throws IOException {
        Files.writeString(folder.resolve("out"), "a file");

        Terminal.Result result = run("{ connector: jsonl, path: out }");

        assertThat(result.code()).as(result.err()).isEqualTo(78);
        assertThat(result.err())
                .contains("ConfigError: expected a directory at", "out, found a file", "choose another path");
    }

    @Test
    void aFolderThatDoesNotExistIsMadeForADatabase() {
        Terminal.Result result = run("{ connector: duckdb, path: no/such/folder/shop.duckdb }");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(folder.resolve("no/such/folder/shop.duckdb")).exists();
    }
}
